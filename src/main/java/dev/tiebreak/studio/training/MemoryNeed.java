package dev.tiebreak.studio.training;

import dev.tiebreak.rlhf.model.ModelSize;
import dev.tiebreak.rlhf.trainer.MemoryForecast;
import dev.tiebreak.rlhf.trainer.TrainingSettings;

/// The memory that a run on a dataset version will take, estimated before its rows are tokenised. The run itself counts
/// them, and refuses to begin where they do not fit.
public final class MemoryNeed {
    private static final double LARGEST_BATCH = 1.3; // of the mean one, on chat data in batches of eight

    private MemoryNeed() {}

    /// @param pairs there are to train on
    public static MemoryForecast of(ModelSize model, TrainingSettings settings, int pairs, PairLength length) {
        double batch = settings.batchSize() < pairs ? LARGEST_BATCH * settings.batchSize() : pairs;
        double longest = Math.min(settings.maxLength(), model.config().context());
        return MemoryForecast.of(model, settings, length.load(settings.method(), Math.min(pairs, batch), longest));
    }
}
