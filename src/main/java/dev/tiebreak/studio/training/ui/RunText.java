package dev.tiebreak.studio.training.ui;

import dev.tiebreak.studio.training.TrainingRun;
import dev.tiebreak.studio.training.TrainingState;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/// Runs in words and figures.
final class RunText {
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern(
                    "d MMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private RunText() {}

    static String minute(Instant instant) {
        return MINUTE.format(instant);
    }

    /// `step 37 of 120`, or nothing before the number of steps is known; of an unbroken run also how long it took.
    static String progress(TrainingRun run) {
        if (run.totalSteps() == 0) {
            return "";
        }
        String steps = "step %,d of %,d".formatted(run.step(), run.totalSteps());
        return run.attempt() == 1 && run.state() == TrainingState.FINISHED
                ? steps + " in "
                        + duration(Duration.between(
                                run.startedAt().orElseThrow(), run.endedAt().orElseThrow()))
                : steps;
    }

    private static String duration(Duration duration) {
        if (duration.toMinutes() < 2) {
            return duration.toSeconds() + " s";
        }
        return duration.toHours() < 2
                ? duration.toMinutes() + " min"
                : duration.toHours() + " h " + duration.toMinutesPart() + " min";
    }

    /// The last loss and accuracies, as far as there are any.
    static String latest(Map<String, Double> metrics) {
        List<String> parts = new ArrayList<>();
        say(parts, "loss", "loss", metrics);
        say(parts, "held-out loss", "eval_loss", metrics);
        say(parts, "held-out accuracy", "eval_accuracy", metrics);
        say(parts, "held-out accuracy", "eval_rewards/accuracies", metrics);
        return String.join(" · ", parts);
    }

    private static void say(List<String> parts, String name, String metric, Map<String, Double> metrics) {
        if (metrics.containsKey(metric)) {
            parts.add(name + " " + String.format(Locale.ROOT, "%.3f", Objects.requireNonNull(metrics.get(metric))));
        }
    }

    /// A setting as a person would write it: `0.0001`, not `1.0E-4`.
    static String setting(String value) {
        if (!value.matches("-?[0-9.]+(E-?[0-9]+)?")) {
            return value;
        }
        BigDecimal number = new BigDecimal(value).stripTrailingZeros();
        return number.scale() <= 6 ? number.toPlainString() : number.toString().toLowerCase(Locale.ROOT);
    }

    /// Bytes in gigabytes, to two digits.
    static String gigabytes(long bytes) {
        double gigabytes = bytes / 1e9;
        return String.format(Locale.ROOT, gigabytes < 10 ? "%.1f GB" : "%.0f GB", gigabytes);
    }
}
