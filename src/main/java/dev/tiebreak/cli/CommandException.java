package dev.tiebreak.cli;

/// What the person asked for cannot be done; the message is the one line they see.
public class CommandException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CommandException(String message) {
        super(message);
    }
}
