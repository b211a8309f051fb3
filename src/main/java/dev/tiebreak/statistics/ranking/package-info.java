/// Which items win: strengths from pairwise comparisons and rankings, with intervals, and which pair to ask next.
@NullMarked
package dev.tiebreak.statistics.ranking;

import org.jspecify.annotations.NullMarked;
