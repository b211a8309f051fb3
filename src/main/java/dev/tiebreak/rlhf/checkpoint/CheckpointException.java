package dev.tiebreak.rlhf.checkpoint;

import dev.tiebreak.rlhf.WrongInputException;

/// A model folder or one of its files cannot be used; one line that names the file, and the tensor where one is meant.
public final class CheckpointException extends WrongInputException {
    public CheckpointException(String message) {
        super(oneLine(message));
    }

    public CheckpointException(String message, Throwable cause) {
        super(oneLine(message), cause);
    }

    /// Names come from the file and may hold anything.
    private static String oneLine(String message) {
        return message.replaceAll("\\p{Cntrl}", "�");
    }
}
