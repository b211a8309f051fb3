package dev.tiebreak.studio.account;

/// What a person typed about an account cannot be accepted; the message says why.
public class InvalidAccountException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public InvalidAccountException(String message) {
        super(message);
    }
}
