package dev.tiebreak.rlhf.tokenizer;

import java.util.List;

/// A conversation laid out as text, and which parts of it an assistant says.
public record MarkedText(String text, List<Span> assistant) {
    /// Characters from `begin` up to, not including, `end`.
    public record Span(int begin, int end) {}

    public MarkedText {
        assistant = List.copyOf(assistant);
    }
}
