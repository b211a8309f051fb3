package dev.tiebreak.studio.preference;

/// Under these settings not one preference pair comes out; the message says what became of the comparisons.
public class NothingToFreezeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String reason;

    NothingToFreezeException(FreezeCounts counts) {
        this(
                counts.comparisons() == 0
                        ? "There is nothing to freeze: the project has no comparisons. Import some first."
                        : "There is nothing to freeze: of %,d comparisons none gives a pair (%s)."
                                .formatted(counts.comparisons(), counts.losses()));
    }

    private NothingToFreezeException(String reason) {
        super(reason);
        this.reason = reason;
    }

    public String reason() {
        return reason;
    }
}
