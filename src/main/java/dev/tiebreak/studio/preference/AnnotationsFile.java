package dev.tiebreak.studio.preference;

import dev.tiebreak.studio.judgment.Judgment;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import tools.jackson.databind.json.JsonMapper;

/// `annotations.jsonl`: every judgment behind a version, one a line, by id.
final class AnnotationsFile {

    private AnnotationsFile() {}

    static Manifest.FileEntry write(Path path, List<Judgment> ascending) throws IOException {
        HashedFile file = new HashedFile(path);
        try (file) {
            for (Judgment judgment : ascending) {
                file.line(JsonMapper.shared().writeValueAsString(row(judgment)));
            }
        }
        return file.entry();
    }

    private static SequencedMap<String, Object> row(Judgment judgment) {
        SequencedMap<String, Object> row = new LinkedHashMap<>();
        row.put("judgment_id", judgment.id().value().toString());
        row.put("comparison_id", judgment.comparison().value().toString());
        row.put("annotator_id", judgment.annotator().value().toString());
        row.put("verdict", judgment.verdict().name().toLowerCase(Locale.ROOT));
        row.put("strength", judgment.strength());
        judgment.left()
                .ifPresent(left -> row.put("left_completion_id", left.value().toString()));
        judgment.reason().ifPresent(reason -> row.put("reason", reason));
        judgment.activeTime().ifPresent(active -> row.put("active_milliseconds", active.toMillis()));
        row.put("judged_at", judgment.at().toString());
        judgment.rubric()
                .ifPresent(rubric -> row.put("rubric_version_id", rubric.value().toString()));
        judgment.probability().ifPresent(probability -> row.put("probability", probability));
        row.put("origin", judgment.origin());
        return row;
    }
}
