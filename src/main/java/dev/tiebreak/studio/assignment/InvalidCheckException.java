package dev.tiebreak.studio.assignment;

/// A setting or a gold item that cannot be; the message is for the person who asked for it.
public class InvalidCheckException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public InvalidCheckException(String message) {
        super(message);
    }
}
