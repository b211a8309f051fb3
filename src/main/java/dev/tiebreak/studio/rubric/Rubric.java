package dev.tiebreak.studio.rubric;

import java.time.Instant;
import java.util.List;

/// One stored version of a rubric.
///
/// @param version counts from 1 within the key, in the order in which the texts were first seen
/// @param sha256  of the source with `\n` line endings, in lower-case hex
/// @param source  the YAML file as it was read, with `\n` line endings
public record Rubric(
        RubricVersionId id,
        RubricKey key,
        int version,
        String sha256,
        Instant storedAt,
        RubricSheet sheet,
        String source) {

    public String title() {
        return sheet.title();
    }

    public String summary() {
        return sheet.summary();
    }

    /// Markdown: how to go about a comparison.
    public String instructions() {
        return sheet.instructions();
    }

    /// Markdown: the instructions with what the strengths mean, when to tie, and which criterion outranks which.
    public String guidance() {
        return sheet.guidance();
    }

    public List<Criterion> criteria() {
        return sheet.criteria();
    }

    public List<RubricExample> examples() {
        return sheet.examples();
    }

    public List<String> skipReasons() {
        return sheet.skipReasons();
    }

    public List<String> reasonChips() {
        return sheet.reasonChips();
    }
}
