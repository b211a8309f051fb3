package dev.tiebreak.studio.preference;

import java.util.List;
import java.util.Map;

/// `manifest.json`: what a version was made of. It holds neither time nor number nor path, so that freezing the same
/// judgments again gives the same bytes.
///
/// @param sha256    of the version: over the files, the settings and the judgments' ids
/// @param files     by name, `manifest.json` left out
/// @param judgments that were current, skips included
record Manifest(
        String format,
        String project,
        String sha256,
        FreezeSettings settings,
        FreezeCounts counts,
        Map<String, FileEntry> files,
        Judgments judgments,
        List<RubricEntry> rubricVersions,
        List<AnnotatorEntry> annotators,
        String codeVersion) {
    static final String FORMAT = "tiebreak-preference-dataset/1";

    record FileEntry(String sha256, long bytes, long rows) {}

    /// @param sha256 over the ids in ascending order, a line each
    record Judgments(int count, String sha256) {}

    record RubricEntry(String id, String key, int version, String sha256, int judgments) {}

    record AnnotatorEntry(String id, int judgments) {}
}
