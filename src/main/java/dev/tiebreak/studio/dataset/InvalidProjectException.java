package dev.tiebreak.studio.dataset;

/// What a person wants of a project cannot be done; the message says why.
public class InvalidProjectException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public InvalidProjectException(String message) {
        super(message);
    }
}
