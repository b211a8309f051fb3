package dev.tiebreak.rlhf.trainer;

import com.google.gson.JsonObject;
import dev.tiebreak.rlhf.model.LanguageModel;
import dev.tiebreak.rlhf.model.PackedSequences;
import dev.tiebreak.rlhf.torch.GradMode;
import dev.tiebreak.rlhf.torch.TensorScope;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/// Mean and standard deviation of a finished reward model's scores, with which reinforcement learning whitens them.
/// They go into `config.json` as `mean` and `std`, where OpenRLHF looks for them.
record RewardSpread(double mean, double deviation) {
    /// Rows that are scored for it at most.
    private static final int ROWS = 1000;

    static <E> RewardSpread over(
            TensorScope scope, LanguageModel model, List<E> rows, Function<List<E>, PackedSequences> sequences) {
        double sum = 0;
        double squares = 0;
        long count = 0;
        for (int[] batch : TrainingRun.evaluationBatches(Math.min(ROWS, rows.size()))) {
            try (TensorScope step = scope.sub();
                    GradMode _ = GradMode.off()) {
                for (float score : model.scores(
                                step,
                                sequences.apply(
                                        Arrays.stream(batch).mapToObj(rows::get).toList()))
                        .floats()) {
                    sum += score;
                    squares += (double) score * score;
                    count++;
                }
            }
        }
        double mean = sum / count;
        return new RewardSpread(mean, Math.sqrt(Math.max(0, squares / count - mean * mean)));
    }

    JsonObject json() {
        JsonObject json = new JsonObject();
        json.addProperty("mean", mean);
        json.addProperty("std", deviation);
        return json;
    }
}
