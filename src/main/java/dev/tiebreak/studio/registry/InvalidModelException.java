package dev.tiebreak.studio.registry;

/// A model that somebody brings cannot be used; one line that names what is missing or wrong in it.
public final class InvalidModelException extends RuntimeException {
    InvalidModelException(String message) {
        super(message);
    }

    InvalidModelException(String message, Throwable cause) {
        super(message, cause);
    }

    /// For pages.
    public String reason() {
        return String.valueOf(getMessage());
    }
}
