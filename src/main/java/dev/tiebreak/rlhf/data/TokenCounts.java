package dev.tiebreak.rlhf.data;

import dev.tiebreak.rlhf.data.TokenisedRow.Fate;
import java.util.List;

/// What happened to the rows on their way to tokens; a run shows this before it starts.
///
/// @param rows          rows read
/// @param kept          examples made
/// @param tooLong       rows dropped for their length
/// @param empty         rows dropped because there is nothing to learn or to score in them
/// @param cut           kept rows of which the end was cut off
/// @param seamBroken    kept rows where a token spans the seam of prompt and completion, so that what is learnt is
///                      not quite what generation will meet
/// @param tokens        tokens kept, prompts counted once per sequence they are in
public record TokenCounts(long rows, long kept, long tooLong, long empty, long cut, long seamBroken, long tokens) {
    public static final TokenCounts NONE = new TokenCounts(0, 0, 0, 0, 0, 0, 0);

    public TokenCounts plus(TokenisedRow<?> row, int maxLength) {
        List<PassageTokeniser.Pair> sequences = row.sequences();
        boolean isKept = row.example().isPresent();
        boolean isBroken = isKept && sequences.stream().anyMatch(pair -> !pair.prefixHolds());
        long itsTokens = sequences.stream()
                .mapToLong(pair -> Math.min(pair.length(), maxLength))
                .sum();
        return new TokenCounts(
                rows + 1,
                kept + (isKept ? 1 : 0),
                tooLong + (row.fate() == Fate.TOO_LONG ? 1 : 0),
                empty + (row.fate() == Fate.EMPTY ? 1 : 0),
                cut + (row.fate() == Fate.CUT ? 1 : 0),
                seamBroken + (isBroken ? 1 : 0),
                tokens + (isKept ? itsTokens : 0));
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
