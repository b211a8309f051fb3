package dev.tiebreak.studio.registry;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;

/// Tells in Markdown what a checkpoint is, what it was made from and how well it does: the `README.md` of a model.
@Service
public class ModelCards {
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern(
                    "d MMMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private final LineageService lineages;

    ModelCards(LineageService lineages) {
        this.lineages = lineages;
    }

    /// The card behind the header that model hubs read.
    public String readme(Checkpoint checkpoint) {
        List<String> tags = RunRecord.beside(checkpoint.folder())
                .map(run -> List.of("tiebreak", run.method()))
                .orElseGet(() -> List.of("tiebreak"));
        boolean scores = checkpoint.kind() == CheckpointKind.REWARD_MODEL;
        return """
                ---
                library_name: transformers
                pipeline_tag: %s
                tags:
                %s
                ---

                %s""".formatted(
                        scores ? "text-classification" : "text-generation",
                        tags.stream().map(tag -> "- " + tag).collect(Collectors.joining("\n")),
                        card(checkpoint));
    }

    /// The card alone, for pages.
    public String card(Checkpoint checkpoint) {
        Lineage lineage = lineages.of(checkpoint);
        Optional<RunRecord> run = RunRecord.beside(checkpoint.folder());
        return "# " + plain(checkpoint.name()) + "\n\n"
                + summary(checkpoint, lineage, run)
                + lineage.data().map(ModelCards::data).orElse("")
                + metrics(checkpoint)
                + run.map(ModelCards::settings).orElse("")
                + lineage(lineage);
    }

    private static String summary(Checkpoint checkpoint, Lineage lineage, Optional<RunRecord> run) {
        String what = what(checkpoint);
        String how = run.map(record -> method(record.method())).orElse("");
        String from =
                lineage.parent().map(parent -> " from " + plain(parent.name())).orElse("");
        String made = run.isPresent() || lineage.parent().isPresent()
                ? "Trained" + how + from + " with Tiebreak"
                        + run.map(record -> " on " + record.device()).orElse("")
                : "Brought to Tiebreak as it is";
        return "%s\n\n%s, %s, by %s.\n"
                .formatted(what, made, MINUTE.format(checkpoint.createdAt()), plain(checkpoint.createdBy()));
    }

    private static String what(Checkpoint checkpoint) {
        return switch (checkpoint.kind()) {
            case BASE -> "A base model: it completes prompts, and training can start from it.";
            case POLICY -> "A policy: it completes prompts, and was trained towards what annotators prefer.";
            case REWARD_MODEL ->
                "A reward model: it gives a completion of a prompt one score, the higher the more annotators would"
                        + " prefer it. Only scores for the same prompt can be compared.";
        };
    }

    private static String method(String command) {
        return switch (command) {
            case "dpo" -> " by Direct Preference Optimization";
            case "rm" -> " on the Bradley–Terry likelihood of preference pairs";
            case "sft" -> " by supervised fine-tuning";
            default -> "";
        };
    }

    private static String data(TrainingData data) {
        var counts = data.version().counts();
        String rubrics = data.rubrics().isEmpty() ? "not recorded" : plain(String.join("; ", data.rubrics()));
        return """

                ## Data

                Dataset version %s, frozen from %,d judgments by %,d annotators.

                - preference pairs: %,d for training, %,d held out; no prompt is in both
                - rubrics: %s
                - sha256 of the version: `%s`
                """.formatted(
                        plain(data.title()),
                        data.judgments(),
                        data.annotators(),
                        counts.trainPairs(),
                        counts.testPairs(),
                        rubrics,
                        data.version().sha256());
    }

    private static String metrics(Checkpoint checkpoint) {
        return metrics(checkpoint, "Metrics on held-out pairs", true)
                + metrics(checkpoint, "Metrics of the last training step", false);
    }

    private static String metrics(Checkpoint checkpoint, String title, boolean heldOut) {
        Map<String, String> rows = new TreeMap<>();
        checkpoint.metrics().forEach((name, value) -> {
            if (name.startsWith("eval_") == heldOut) {
                rows.put(name, sixDigits(value));
            }
        });
        return table(title, "metric", rows);
    }

    private static String sixDigits(double value) {
        return BigDecimal.valueOf(value)
                .round(new MathContext(6))
                .stripTrailingZeros()
                .toPlainString();
    }

    private static String settings(RunRecord run) {
        return table("Settings", "setting", run.settings());
    }

    private static String table(String title, String column, Map<String, String> rows) {
        return rows.isEmpty()
                ? ""
                : rows.entrySet().stream()
                        .map(row -> "| %s | %s |\n".formatted(plain(row.getKey()), plain(row.getValue())))
                        .collect(Collectors.joining(
                                "", "\n## %s\n\n| %s | value |\n|---|---|\n".formatted(title, column), ""));
    }

    private static String lineage(Lineage lineage) {
        if (lineage.ancestors().isEmpty() && lineage.children().isEmpty()) {
            return "";
        }
        return "\n## Lineage\n\n" + names("Trained from", lineage.ancestors())
                + names("Trained from this one", lineage.children());
    }

    private static String names(String label, List<Checkpoint> checkpoints) {
        return checkpoints.isEmpty()
                ? ""
                : checkpoints.stream()
                        .map(each -> plain(each.name()))
                        .collect(Collectors.joining(", ", "- " + label + ": ", "\n"));
    }

    /// Names are people's words: none becomes markup, a link or a new line.
    private static String plain(String text) {
        return text.replaceAll("\\p{Cntrl}", " ").replaceAll("([\\\\`*_\\[\\]<>|#])", "\\\\$1");
    }
}
