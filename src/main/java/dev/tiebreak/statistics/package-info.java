/// Agreement, reliability, rankings and their intervals: a library that knows nothing of the studio.
///
/// `agreement` (do annotators say the same) · `reliability` (who can be trusted, what is the truth) · `ranking` (which
/// completions win) · `consistency` (do judgments contradict each other) · `drift` (does somebody change) ·
/// `hypothesis` (exact tests of counts) use this package and `numeric`, and `ranking` alone may use `reliability`.
///
/// Every answer is an [dev.tiebreak.statistics.Estimate] or a sealed result of its own: a value, or the reason why
/// there is none.
@NullMarked
package dev.tiebreak.statistics;

import org.jspecify.annotations.NullMarked;
