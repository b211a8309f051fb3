package dev.tiebreak.rlhf.trainer;

/// What a policy says of a completion.
///
/// @param sum    log-probability of all its tokens, in nats
/// @param tokens how many they are; a first token that nothing stands before is none of them
public record CompletionScore(double sum, int tokens) {
    /// Log-probability per token.
    public double mean() {
        return sum / tokens;
    }
}
