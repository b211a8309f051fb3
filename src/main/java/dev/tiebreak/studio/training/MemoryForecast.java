package dev.tiebreak.studio.training;

import dev.tiebreak.rlhf.trainer.TrainingMethod;
import dev.tiebreak.rlhf.trainer.TrainingSettings;

/// The memory that training will take, in bytes: an estimate, meant to be right within a third and rather too high.
///
/// @param weights     weights, gradients and Adam's two averages in float32
/// @param activations what a backward pass keeps of its forward pass
/// @param rest        the Java process with libtorch
public record MemoryForecast(long weights, long activations, long rest) {
    private static final long BYTES_PER_WEIGHT = 16;
    private static final long FLOAT = 4;
    private static final long PROCESS = 700_000_000;
    private static final long CHUNK = 256; // rows of logits that exist at a time
    private static final double BYTES_PER_TOKEN = 3; // of English text in a trained vocabulary, rather few

    /// @param bytesPerPair of a row of the training file
    public static MemoryForecast of(ModelSize model, TrainingSettings settings, long bytesPerPair) {
        return new MemoryForecast(
                BYTES_PER_WEIGHT * model.weights(), activations(model, settings, bytesPerPair), PROCESS);
    }

    /// Per token and layer: two norms, queries, keys, values, attention and its projection, two residual sums, each
    /// about as wide as the trunk; gate, up, activation and product, each as wide as the feed-forward layer.
    private static long activations(ModelSize model, TrainingSettings settings, long bytesPerPair) {
        long longest = 2L * Math.min(settings.maxLength(), model.config().context());
        long tokens = settings.batchSize() * Math.min(longest, (long) Math.ceil(2 * bytesPerPair / BYTES_PER_TOKEN));
        long perToken = model.config().layers()
                * (10L * model.config().hidden() + 4L * model.config().intermediate());
        long logits = settings.method() == TrainingMethod.REWARD_MODEL
                ? 0
                : 3 * CHUNK * model.config().vocabulary();
        return FLOAT * (tokens * perToken + logits);
    }

    public long total() {
        return weights + activations + rest;
    }
}
