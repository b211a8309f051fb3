package dev.tiebreak.studio.dataset;

/// A file that cannot be imported at all; the message names it and says why.
public class ImportFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ImportFailedException(String message) {
        super(message);
    }
}
