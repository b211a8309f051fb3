package dev.tiebreak.studio.dataset;

/// Why a row cannot be imported.
///
/// @param line   counts from 1; of a CSV record over several lines its first
/// @param column the column or JSON key; empty when the whole row is meant
public record ImportProblem(String file, long line, String column, String message) {
    /// As people read it: `pairs.csv:2 'rejected' is empty`.
    @Override
    public String toString() {
        return file + ":" + line + (column.isEmpty() ? " " : " '" + column + "' ") + message;
    }
}
