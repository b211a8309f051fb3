/// What the other packages compute with: samplers, quantiles, small linear algebra. No statistics of its own.
@NullMarked
package dev.tiebreak.statistics.numeric;

import org.jspecify.annotations.NullMarked;
