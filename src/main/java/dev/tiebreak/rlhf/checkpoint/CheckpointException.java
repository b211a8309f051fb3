package dev.tiebreak.rlhf.checkpoint;

import dev.tiebreak.rlhf.WrongInputException;

/// A model folder or one of its files cannot be used; one line that names the file, and the tensor where one is meant.
public final class CheckpointException extends WrongInputException {
    public CheckpointException(String message) {
        super(message);
    }

    public CheckpointException(String message, Throwable cause) {
        super(message, cause);
    }
}
