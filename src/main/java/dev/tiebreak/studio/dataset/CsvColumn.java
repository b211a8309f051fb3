package dev.tiebreak.studio.dataset;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// The columns that mean something in a CSV file: `prompt` with `chosen` and `rejected`, or with `completion_a` and
/// `completion_b`; the others may be there.
public enum CsvColumn {
    PROMPT("what the completions are for"),
    CHOSEN("the better completion"),
    REJECTED("the worse completion"),
    COMPLETION_A("a completion, not yet judged or judged by 'winner'"),
    COMPLETION_B("the completion to compare it with"),
    WINNER("a, b, tie or both_bad"),
    ANNOTATOR("who said which wins"),
    SOURCE_A("the model that wrote completion a"),
    SOURCE_B("the model that wrote completion b");

    private final String description;

    CsvColumn(String description) {
        this.description = description;
    }

    /// As it is called in a file and on the command line.
    public String columnName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public String description() {
        return description;
    }

    public static Optional<CsvColumn> named(String name) {
        return Arrays.stream(values())
                .filter(column -> column.columnName().equals(name))
                .findFirst();
    }
}
