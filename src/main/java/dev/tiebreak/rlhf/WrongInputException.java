package dev.tiebreak.rlhf;

/// Something a person handed in cannot be used. The message is one line that names the place and the reason;
/// the command line prints it as it stands and exits with code 2.
public class WrongInputException extends RuntimeException {
    public WrongInputException(String message) {
        super(message);
    }

    public WrongInputException(String message, Throwable cause) {
        super(message, cause);
    }
}
