package dev.tiebreak.studio.quality.ui;

import dev.tiebreak.statistics.Estimate;
import java.util.Locale;

/// Estimates in words.
final class EstimateText {

    private EstimateText() {}

    /// The value to five digits, or a dash.
    static String value(Estimate estimate) {
        return estimate.point().isPresent() ? digits(estimate.point().getAsDouble()) : "–";
    }

    /// A percentage without digits, or a dash.
    static String percent(Estimate estimate) {
        return estimate.point().isPresent()
                ? "%.0f %%".formatted(100 * estimate.point().getAsDouble())
                : "–";
    }

    /// The percentage with its interval.
    static String percentWithInterval(Estimate estimate) {
        return estimate instanceof Estimate.Defined defined
                ? "%s (%.0f–%.0f)".formatted(percent(estimate), 100 * defined.low(), 100 * defined.high())
                : percent(estimate);
    }

    /// The interval and how it was made, or why there is none.
    static String detail(Estimate estimate) {
        return switch (estimate) {
            case Estimate.Defined defined ->
                "%.0f %% interval %s to %s (%s)"
                        .formatted(
                                100 * defined.confidence(),
                                digits(defined.low()),
                                digits(defined.high()),
                                defined.method());
            case Estimate.WithoutInterval bare -> "No interval: " + bare.reason() + ".";
            case Estimate.Undefined undefined -> "Undefined: " + undefined.reason() + ".";
        };
    }

    private static String digits(double value) {
        return String.format(Locale.ROOT, "%.5f", value).replace('-', '−');
    }
}
