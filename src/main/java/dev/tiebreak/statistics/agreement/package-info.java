/// Do annotators say the same: chance-corrected agreement of labels, ratings and rankings.
@NullMarked
package dev.tiebreak.statistics.agreement;

import org.jspecify.annotations.NullMarked;
