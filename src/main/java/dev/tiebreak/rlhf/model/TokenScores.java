package dev.tiebreak.rlhf.model;

/// What the language head says about N target tokens, each array `[N]`.
///
/// @param logProbs   log-probability of each target, in nats
/// @param meanLogits mean over the vocabulary of the logits at that place
/// @param entropies  entropy of the distribution at that place, in nats
/// @param right      1 where the target is the likeliest token, else 0
/// @param collisions log Σ p², how likely two draws agree, in nats; empty unless it was asked for
public record TokenScores(float[] logProbs, float[] meanLogits, float[] entropies, float[] right, float[] collisions) {

    static TokenScores of(float[] rows, boolean withCollisions) {
        int n = rows.length / (withCollisions ? 5 : 4);
        return new TokenScores(
                slice(rows, 0, n),
                slice(rows, 1, n),
                slice(rows, 2, n),
                slice(rows, 3, n),
                withCollisions ? slice(rows, 4, n) : new float[0]);
    }

    private static float[] slice(float[] rows, int row, int n) {
        return java.util.Arrays.copyOfRange(rows, row * n, (row + 1) * n);
    }
}
