package generator;

import java.time.Instant;

/// @param left     id of the completion that stood on the left
/// @param choice   `left`, `right`, `tie` or `both_bad`
/// @param strength 1 slightly, 2 clearly, 3 much better; 0 for `tie` and `both_bad`
record Vote(
        String annotator,
        String prompt,
        String left,
        String right,
        String choice,
        int strength,
        Instant judgedAt,
        long activeMs) {

    String json() {
        return "{\"annotator\":" + Writer.quoted(annotator)
                + ",\"prompt\":" + Writer.quoted(prompt)
                + ",\"left\":" + Writer.quoted(left)
                + ",\"right\":" + Writer.quoted(right)
                + ",\"choice\":" + Writer.quoted(choice)
                + ",\"strength\":" + strength
                + ",\"judged_at\":" + Writer.quoted(judgedAt.toString())
                + ",\"active_ms\":" + activeMs + "}";
    }
}
