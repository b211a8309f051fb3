/// Do judgments contradict each other: cycles, agreement on pairs, transitivity.
@NullMarked
package dev.tiebreak.statistics.consistency;

import org.jspecify.annotations.NullMarked;
