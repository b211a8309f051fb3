package dev.tiebreak.rlhf.trainer;

import dev.tiebreak.rlhf.WrongInputException;

/// A run that cannot go on; the message says at which step, why, and what may help.
public final class TrainingFailedException extends WrongInputException {
    private static final long serialVersionUID = 1L;

    public TrainingFailedException(String message) {
        super(message);
    }
}
