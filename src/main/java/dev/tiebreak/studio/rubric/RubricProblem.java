package dev.tiebreak.studio.rubric;

/// Something to mend in a rubric file; shown as `summarisation.yaml:12: unknown key 'criterias'`.
///
/// @param line counts from 1
public record RubricProblem(String file, int line, String reason) {
    @Override
    public String toString() {
        return file + ":" + line + ": " + reason;
    }
}
