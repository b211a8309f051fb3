package dev.tiebreak.studio.registry.ui;

import com.vaadin.flow.component.html.Span;
import dev.tiebreak.studio.registry.Checkpoint;
import dev.tiebreak.studio.registry.CheckpointKind;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// How checkpoints and their figures are written on pages.
final class CheckpointText {
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern(
                    "d MMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private CheckpointText() {}

    record Figure(String label, String value) {}

    /// What tells most about a checkpoint, of the metrics it has.
    static Stream<Figure> keyFigures(Checkpoint checkpoint) {
        Map<String, Double> metrics = checkpoint.metrics();
        return Stream.of(
                        figure("Held-out accuracy", metrics, true, "eval_accuracy", "eval_rewards/accuracies"),
                        figure("Held-out margin", metrics, false, "eval_margin", "eval_rewards/margins"),
                        figure("Held-out loss", metrics, false, "eval_loss"))
                .flatMap(Optional::stream);
    }

    private static Optional<Figure> figure(String label, Map<String, Double> metrics, boolean share, String... names) {
        return Stream.of(names)
                .filter(metrics::containsKey)
                .findFirst()
                .map(metrics::get)
                .map(value -> new Figure(label, share ? "%.1f %%".formatted(100 * value) : "%.3f".formatted(value)));
    }

    static Span badge(CheckpointKind kind) {
        Span badge = new Span(kind.label());
        badge.addClassNames(
                "tb-kind", "tb-kind-" + kind.name().toLowerCase(Locale.ROOT).replace('_', '-'));
        return badge;
    }

    static String minute(Instant at) {
        return MINUTE.format(at);
    }

    static String size(long bytes) {
        if (bytes < 1_000_000) {
            return "%.0f kB".formatted(Math.ceil(bytes / 1e3));
        }
        return bytes < 1_000_000_000 ? "%.1f MB".formatted(bytes / 1e6) : "%.1f GB".formatted(bytes / 1e9);
    }
}
