package dev.tiebreak.cli.statistics;

import dev.tiebreak.statistics.Estimate;
import java.util.Locale;
import java.util.OptionalDouble;

/// Estimates as a table shows them.
final class EstimateText {

    private EstimateText() {}

    /// Four digits, or a dash.
    static String value(Estimate estimate) {
        return digits("%.4f", estimate.point());
    }

    /// From low to high, or nothing.
    static String interval(Estimate estimate) {
        return estimate instanceof Estimate.Defined defined
                ? digits("%.4f", defined.low()) + " to " + digits("%.4f", defined.high())
                : "";
    }

    static String digits(String form, OptionalDouble value) {
        return value.isPresent() ? digits(form, value.getAsDouble()) : "–";
    }

    static String digits(String form, double value) {
        String digits = String.format(Locale.ROOT, form, value);
        return digits.matches("-0\\.?0*") ? digits.substring(1) : digits.replace('-', '−'); // rounded to zero
    }

    /// `1 item`, `1,024 items`.
    static String count(long number, String thing) {
        return String.format(Locale.ROOT, "%,d %s%s", number, thing, number == 1 ? "" : "s");
    }
}
