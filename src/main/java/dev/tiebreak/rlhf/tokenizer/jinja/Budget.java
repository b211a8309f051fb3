package dev.tiebreak.rlhf.tokenizer.jinja;

/// What one rendering may spend. A template of a stranger may loop for ever or grow without bound; a real one needs a
/// small part of this for the longest conversation.
final class Budget {
    static final int LONGEST_RANGE = 100_000; // as Jinja's own sandbox
    static final int LONGEST_TEXT = 16 << 20;
    private static final int STEPS = 3_000_000;
    private static final int DEPTH = 400;

    private int steps = STEPS;
    private long characters = 4L * LONGEST_TEXT;
    private int depth;

    void enter() {
        step();
        if (++depth > DEPTH) {
            throw JinjaException.because("the template calls itself too deeply");
        }
    }

    /// Counts a turn of a loop, or anything else that takes time.
    void step() {
        if (--steps < 0) {
            throw JinjaException.because("the template does not come to an end");
        }
    }

    void leave() {
        depth--;
    }

    /// Counts characters written or made.
    void write(long length) {
        characters -= length;
        if (length > LONGEST_TEXT || characters < 0) {
            throw JinjaException.because("the template writes too much text");
        }
    }
}
