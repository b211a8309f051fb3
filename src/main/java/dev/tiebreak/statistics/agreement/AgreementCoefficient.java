package dev.tiebreak.statistics.agreement;

import dev.tiebreak.statistics.Estimate;

/// A measure of agreement that needs only the counts of labels per item.
@FunctionalInterface
public interface AgreementCoefficient {
    /// Why a bare value carries no interval.
    String NO_INTERVAL_ASKED = "no interval was asked for";

    /// The value without an interval, or why there is none.
    Estimate of(CategoryCounts counts);

    /// The value with an interval over items.
    default Estimate of(CategoryCounts counts, ItemBootstrap bootstrap) {
        return bootstrap.of(counts, this);
    }
}
