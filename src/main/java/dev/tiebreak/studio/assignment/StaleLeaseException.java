package dev.tiebreak.studio.assignment;

/// A lease that no longer holds: it expired and somebody else has the slot, or it was never this annotator's.
public class StaleLeaseException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String reason;

    public StaleLeaseException(String reason) {
        super(reason);
        this.reason = reason;
    }

    /// A sentence for the annotator.
    public String reason() {
        return reason;
    }
}
