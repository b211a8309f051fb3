package dev.tiebreak.statistics.agreement;

import dev.tiebreak.statistics.Estimate;

/// A measure of agreement whose standard error has a formula: the sum of what each item adds, linearised (Gwet
/// 2008, "Computing inter-rater reliability and its variance in the presence of high agreement").
///
/// Items are a sample of all items there could be, annotators are not. Intervals take the t distribution with one
/// degree of freedom less than there are items, end at −1 (a share's at 0) and 1, and need 10 items with two labels.
public sealed interface AnalyticCoefficient extends AgreementCoefficient
        permits ChanceCorrected, KrippendorffAlpha, PercentAgreement {

    /// The value with its interval, or why there is none.
    ///
    /// @param confidence between 0 and 1
    Estimate of(CategoryCounts counts, double confidence);

    /// The same of two annotators; the variance has n, not n − 1, in its denominator, as tables of two are
    /// published.
    Estimate of(TwoRaterTable table, double confidence);
}
