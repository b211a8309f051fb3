package dev.tiebreak.rlhf.model;

/// What the language head says about N target tokens, each array `[N]`.
///
/// @param logProbs   log-probability of each target, in nats
/// @param meanLogits mean over the vocabulary of the logits at that place
/// @param entropies  entropy of the distribution at that place, in nats
/// @param right      1 where the target is the likeliest token, else 0
public record TokenScores(float[] logProbs, float[] meanLogits, float[] entropies, float[] right) {

    static TokenScores of(float[] rows) {
        int n = rows.length / 4;
        return new TokenScores(slice(rows, 0, n), slice(rows, 1, n), slice(rows, 2, n), slice(rows, 3, n));
    }

    private static float[] slice(float[] rows, int row, int n) {
        return java.util.Arrays.copyOfRange(rows, row * n, (row + 1) * n);
    }
}
