package dev.tiebreak.rlhf.rollout;

import dev.tiebreak.rlhf.WrongInputException;
import dev.tiebreak.rlhf.data.TokenisedRow.Fate;

/// A reward model has no score for a completion: it is empty, or longer than the model's context.
public final class UnscorableException extends WrongInputException {
    private static final long serialVersionUID = 1L;

    private final Fate fate;

    UnscorableException(Fate fate, String message) {
        super(message);
        this.fate = fate;
    }

    public Fate fate() {
        return fate;
    }
}
