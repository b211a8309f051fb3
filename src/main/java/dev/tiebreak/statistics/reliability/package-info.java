/// Who can be trusted and what is the truth: annotators judged by each other's labels, items by who solved them.
///
/// Models of annotators ([dev.tiebreak.statistics.reliability.DawidSkene],
/// [dev.tiebreak.statistics.reliability.OneCoin], [dev.tiebreak.statistics.reliability.Mace]) give a
/// [dev.tiebreak.statistics.reliability.Consensus];
/// [dev.tiebreak.statistics.reliability.MajorityVote] only counts.
@NullMarked
package dev.tiebreak.statistics.reliability;

import org.jspecify.annotations.NullMarked;
