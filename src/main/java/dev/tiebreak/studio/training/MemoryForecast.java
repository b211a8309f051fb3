package dev.tiebreak.studio.training;

import dev.tiebreak.rlhf.model.ModelConfig;
import dev.tiebreak.rlhf.trainer.TrainingMethod;
import dev.tiebreak.rlhf.trainer.TrainingSettings;

/// The memory that training will take, in bytes: an estimate, fitted to measured runs.
///
/// @param weights     weights, gradients and Adam's two averages, in float32
/// @param activations what a backward pass keeps of its forward pass
/// @param process     Java with libtorch
public record MemoryForecast(long weights, long activations, long process) {
    private static final long BYTES_PER_WEIGHT = 16;
    private static final long FLOAT = 4;
    private static final long PROCESS = 350_000_000;
    private static final long LOGIT_ROWS = 256; // that exist at a time

    /// @param pairs         there are to train on
    /// @param tokensPerPair of both completions, each with its prompt
    public static MemoryForecast of(ModelSize model, TrainingSettings settings, int pairs, double tokensPerPair) {
        long longest = 2L * Math.min(settings.maxLength(), model.config().context());
        double tokens = Math.min(pairs, settings.batchSize()) * Math.min(longest, tokensPerPair);
        return new MemoryForecast(
                BYTES_PER_WEIGHT * model.weights(),
                Math.round(FLOAT * floats(model.config(), settings.method(), tokens)),
                PROCESS);
    }

    /// Per token and layer some sixteen vectors as wide as the trunk and six as wide as the feed-forward layer; of
    /// attention the scores and their gradient, for one layer at a time; where a family bends scores towards a
    /// bound, four forms of them in every layer, which the backward pass needs.
    private static double floats(ModelConfig model, TrainingMethod method, double tokens) {
        double perToken = model.layers() * (16.0 * model.hidden() + 6.0 * model.intermediate());
        double attention = 2.0 * model.heads() * tokens * tokens;
        if (model.family().attentionCap().isPresent()) {
            attention *= 2 * model.layers();
        }
        double logits = method == TrainingMethod.REWARD_MODEL ? 0 : 3.0 * LOGIT_ROWS * model.vocabulary();
        return tokens * perToken + attention + logits;
    }

    public long total() {
        return weights + activations + process;
    }
}
