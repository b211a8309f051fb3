/// Tests and intervals of counts: shares, paired tables, marginals.
@NullMarked
package dev.tiebreak.statistics.hypothesis;

import org.jspecify.annotations.NullMarked;
