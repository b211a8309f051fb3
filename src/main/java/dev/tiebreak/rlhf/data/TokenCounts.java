package dev.tiebreak.rlhf.data;

/// What happened to the rows on their way to tokens; a run shows this before it starts.
///
/// @param rows          rows read
/// @param kept          examples made
/// @param tooLong       rows dropped for their length
/// @param empty         rows dropped because a completion has no token
/// @param cut           kept rows of which the end was cut off
/// @param seamBroken    kept rows where a token spans the seam of prompt and completion, so that what is learnt is
///                      not quite what generation will meet
/// @param tokens        tokens kept, prompts counted once per sequence they are in
public record TokenCounts(long rows, long kept, long tooLong, long empty, long cut, long seamBroken, long tokens) {
    static final TokenCounts NONE = new TokenCounts(0, 0, 0, 0, 0, 0, 0);

    TokenCounts plusTooLong() {
        return new TokenCounts(rows + 1, kept, tooLong + 1, empty, cut, seamBroken, tokens);
    }

    TokenCounts plusEmpty() {
        return new TokenCounts(rows + 1, kept, tooLong, empty + 1, cut, seamBroken, tokens);
    }

    TokenCounts plusKept(boolean wasCut, boolean wasSeamBroken, long itsTokens) {
        return new TokenCounts(
                rows + 1,
                kept + 1,
                tooLong,
                empty,
                cut + (wasCut ? 1 : 0),
                seamBroken + (wasSeamBroken ? 1 : 0),
                tokens + itsTokens);
    }

    /// One line for a log or a page.
    public String summary() {
        StringBuilder line = new StringBuilder(kept + " of " + rows + " rows, " + tokens + " tokens");
        append(line, tooLong, "dropped as too long");
        append(line, empty, "dropped as empty");
        append(line, cut, "cut to length");
        append(line, seamBroken, "with a token across the end of the prompt");
        return line.toString();
    }

    private static void append(StringBuilder line, long count, String what) {
        if (count > 0) {
            line.append("; ").append(count).append(' ').append(what);
        }
    }
}
