package dev.tiebreak.studio.preference;

import dev.tiebreak.studio.account.AnnotatorId;
import dev.tiebreak.studio.dataset.Comparison;
import dev.tiebreak.studio.dataset.ComparisonId;
import dev.tiebreak.studio.dataset.Comparisons;
import dev.tiebreak.studio.dataset.Project;
import dev.tiebreak.studio.judgment.Judgment;
import dev.tiebreak.studio.rubric.RubricService;
import dev.tiebreak.studio.rubric.RubricVersionId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// Writes the files of a version into an empty folder; the same inputs give the same bytes.
@Component
class DatasetWriter {
    private static final int TEXTS_AT_ONCE = 200;
    private static final JsonMapper MANIFEST = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    private final Comparisons comparisons;
    private final RubricService rubrics;

    DatasetWriter(Comparisons comparisons, RubricService rubrics) {
        this.comparisons = comparisons;
        this.rubrics = rubrics;
    }

    Manifest write(Path folder, Project project, JudgedProject judged, FreezeSettings settings) throws IOException {
        Map<String, Manifest.FileEntry> files = writePairs(folder, judged, settings);
        files.put(
                DatasetFile.ANNOTATIONS.fileName(),
                AnnotationsFile.write(folder.resolve(DatasetFile.ANNOTATIONS.fileName()), judged.judgments()));
        Manifest.Judgments judgments = judgments(judged.judgments());
        Manifest manifest = new Manifest(
                Manifest.FORMAT,
                project.name(),
                sha256(files, settings, judgments),
                settings,
                judged.counts(settings),
                files,
                judgments,
                rubricVersions(judged.judgments()),
                annotators(judged.judgments()),
                codeVersion());
        Files.writeString(
                folder.resolve(DatasetFile.MANIFEST.fileName()), MANIFEST.writeValueAsString(manifest) + "\n");
        return manifest;
    }

    private record Decided(JudgedComparison comparison, Consensus.Pair pair) {}

    private Map<String, Manifest.FileEntry> writePairs(Path folder, JudgedProject judged, FreezeSettings settings)
            throws IOException {
        var train = new SplitFiles(folder, DatasetFile.TRAIN_JSONL, DatasetFile.TRAIN_CSV, judged.margin(settings));
        var test = new SplitFiles(folder, DatasetFile.TEST_JSONL, DatasetFile.TEST_CSV, judged.margin(settings));
        try (train;
                test) {
            List<Decided> next = new ArrayList<>();
            for (JudgedComparison comparison : judged.comparisons()) {
                if (Consensus.of(comparison.votes(), settings) instanceof Consensus.Pair pair) {
                    next.add(new Decided(comparison, pair));
                }
                if (next.size() == TEXTS_AT_ONCE) {
                    writePairs(next, settings, train, test);
                    next.clear();
                }
            }
            writePairs(next, settings, train, test);
        }
        Map<String, Manifest.FileEntry> files = new LinkedHashMap<>();
        train.enter(files);
        test.enter(files);
        return files;
    }

    private void writePairs(List<Decided> decided, FreezeSettings settings, SplitFiles train, SplitFiles test)
            throws IOException {
        Map<ComparisonId, Comparison> texts =
                comparisons
                        .findAll(decided.stream()
                                .map(one -> one.comparison().id())
                                .toList())
                        .stream()
                        .collect(Collectors.toMap(Comparison::id, Function.identity()));
        for (Decided one : decided) {
            Comparison comparison = Optional.ofNullable(
                            texts.get(one.comparison().id()))
                    .orElseThrow(() -> new IllegalStateException(
                            "comparison " + one.comparison().id().value() + " vanished"));
            SplitFiles side = PromptSplit.isTest(one.comparison().promptHash(), settings) ? test : train;
            side.write(PreferenceRow.of(comparison, one.pair()));
        }
    }

    private static Manifest.Judgments judgments(List<Judgment> ascending) {
        String ids =
                ascending.stream().map(judgment -> judgment.id().value() + "\n").collect(Collectors.joining());
        return new Manifest.Judgments(ascending.size(), Sha256.hex(ids));
    }

    private static String sha256(
            Map<String, Manifest.FileEntry> files, FreezeSettings settings, Manifest.Judgments judgments) {
        StringBuilder inputs = new StringBuilder(MANIFEST.writeValueAsString(settings)).append('\n');
        files.forEach((name, entry) ->
                inputs.append(entry.sha256()).append("  ").append(name).append('\n'));
        return Sha256.hex(inputs.append(judgments.sha256()).toString());
    }

    private List<Manifest.RubricEntry> rubricVersions(List<Judgment> judgments) {
        Map<String, Integer> counts = new TreeMap<>();
        judgments.forEach(judgment -> judgment.rubric()
                .ifPresent(rubric -> counts.merge(rubric.value().toString(), 1, Integer::sum)));
        return counts.entrySet().stream()
                .flatMap(entry -> rubrics.find(new RubricVersionId(UUID.fromString(entry.getKey()))).stream()
                        .map(rubric -> new Manifest.RubricEntry(
                                entry.getKey(),
                                rubric.key().value(),
                                rubric.version(),
                                rubric.sha256(),
                                entry.getValue())))
                .toList();
    }

    private static List<Manifest.AnnotatorEntry> annotators(List<Judgment> judgments) {
        Map<String, Integer> counts = new TreeMap<>();
        judgments.stream()
                .map(Judgment::annotator)
                .map(AnnotatorId::value)
                .forEach(id -> counts.merge(id.toString(), 1, Integer::sum));
        return counts.entrySet().stream()
                .map(entry -> new Manifest.AnnotatorEntry(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static String codeVersion() {
        return Optional.ofNullable(DatasetWriter.class.getPackage().getImplementationVersion())
                .orElse("development");
    }
}
