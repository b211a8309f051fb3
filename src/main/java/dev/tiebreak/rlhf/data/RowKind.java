package dev.tiebreak.rlhf.data;

import com.google.gson.JsonPrimitive;
import java.util.Optional;

/// The kinds of rows that files hold, told apart by their columns, so that rows of another method can be named.
enum RowKind {
    PREFERENCE("preference rows", "prompt, chosen and rejected", "dpo and rm take"),
    RANKED("ranked rows", "prompt, completions and ranks", "a reward model learns rankings from"),
    LABELLED("labelled rows", "prompt, completion and a label that is true or false", "kto takes"),
    RATED("rated rows", "prompt, completion and a rating", "a reward model learns ratings from"),
    TEXT("texts", "text, messages, or prompt and completion", "sft takes"),
    PROMPT("prompts", "prompt or messages", "generate takes"),
    SCORABLE(
            "rows to score", "prompt, chosen and rejected, or text, messages, or prompt and completion", "score takes");

    private final String rows;
    private final String columns;
    private final String taker;

    RowKind(String rows, String columns, String taker) {
        this.rows = rows;
        this.columns = columns;
        this.taker = taker;
    }

    /// What stands in a message after "expected".
    String expected() {
        return rows + " with " + columns;
    }

    /// @throws DataException naming the kind of row that this is, when it is not of this kind
    void require(JsonRow row) {
        if (holds(row)) {
            return;
        }
        String found = of(row).map(kind -> "looks like one of the " + kind.rows + " that " + kind.taker + ": it has ")
                .orElse("has the columns ");
        throw new DataException(
                row.file(), row.line(), "the row " + found + row.object().keySet() + "; expected " + expected());
    }

    private boolean holds(JsonRow row) {
        return switch (this) {
            case PREFERENCE -> row.has("chosen") || row.has("rejected");
            case RANKED -> row.has("completions");
            case LABELLED -> row.has("label");
            case RATED -> row.has("rating");
            // sft would imitate the undesirable completions too
            case TEXT -> (row.has("completion") || row.has("messages") || row.has("text")) && !isLabelled(row);
            case PROMPT -> row.has("prompt") || row.has("messages");
            case SCORABLE -> true;
        };
    }

    private static Optional<RowKind> of(JsonRow row) {
        if (isLabelled(row)) {
            return Optional.of(LABELLED);
        }
        for (RowKind kind : new RowKind[] {PREFERENCE, RANKED, RATED, TEXT, PROMPT}) {
            if (kind.holds(row)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    private static boolean isLabelled(JsonRow row) {
        return (row.has("completion") || row.has("messages"))
                && row.object().get("label") instanceof JsonPrimitive label
                && label.isBoolean();
    }
}
