package dev.tiebreak.studio.training;

import dev.tiebreak.rlhf.model.ModelSize;
import dev.tiebreak.rlhf.trainer.TrainingMethod;
import dev.tiebreak.rlhf.trainer.TrainingSettings;
import java.util.List;
import java.util.Map;

/// Settings under a name, so that nobody has to know good ones.
///
/// @param chosen where they differ from TRL's defaults
public record Preset(String name, String description, Map<String, String> chosen) {

    /// Weights below which a model counts as small.
    private static final long SMALL = 50_000_000;

    /// Those that suit a model, the best first.
    public static List<Preset> forModel(ModelSize model, TrainingMethod method) {
        return model.weights() < SMALL ? List.of(small(method), defaults()) : List.of(defaults(), small(method));
    }

    private static Preset defaults() {
        return new Preset("TRL's defaults", "As TRL trains models of some billion weights.", Map.of());
    }

    /// Found on the sample model and its 224 pairs: there a reward model or a policy learns within half a minute,
    /// and the policy still speaks fluently. TRL's learning rates would not move so small a model.
    private static Preset small(TrainingMethod method) {
        return new Preset(
                "Small model",
                "Larger steps, for models below 50 million weights.",
                method != TrainingMethod.REWARD_MODEL
                        ? Map.of(
                                "learning_rate", "2e-4",
                                "num_train_epochs", "3",
                                "warmup_ratio", "0.1",
                                "eval_kl_samples", "16")
                        : Map.of("learning_rate", "5e-4", "num_train_epochs", "2", "warmup_ratio", "0.1"));
    }

    public TrainingSettings settings(TrainingMethod method) {
        return TrainingSettings.of(method, chosen);
    }
}
