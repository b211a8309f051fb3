package dev.tiebreak.rlhf.rollout;

/// Tokens a model wrote; the stop token that ended them is not among them.
public record Sample(int[] tokens, Finish finish) {
    /// Why there are no more tokens.
    public enum Finish {
        /// The model wrote one of its stop tokens.
        STOP,
        /// `max_new_tokens` or the context was reached.
        LENGTH,
        CANCELLED
    }
}
