package dev.tiebreak.rlhf.tokenizer.jinja;

/// A piece of template source and the line it stands on.
record Token(Kind kind, String text, int line) {
    enum Kind {
        TEXT,
        OUTPUT_BEGIN,
        OUTPUT_END,
        STATEMENT_BEGIN,
        STATEMENT_END,
        NAME,
        STRING,
        INTEGER,
        FLOAT,
        OPERATOR,
        END
    }

    boolean is(Kind wanted, String wantedText) {
        return kind == wanted && text.equals(wantedText);
    }

    /// How an error message calls it.
    String shown() {
        return kind == Kind.END ? "the end of the template" : "'" + text + "'";
    }
}
