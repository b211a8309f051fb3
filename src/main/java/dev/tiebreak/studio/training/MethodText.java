package dev.tiebreak.studio.training;

import dev.tiebreak.rlhf.trainer.TrainingMethod;

/// A method in words.
///
/// @param purpose what comes out, one sentence
public record MethodText(String name, String abbreviation, String purpose) {

    public static MethodText of(TrainingMethod method) {
        return switch (method) {
            case REWARD_MODEL ->
                new MethodText(
                        "reward model",
                        "reward model",
                        "Learns to score completions as the annotators would (Bradley–Terry).");
            case DPO ->
                new MethodText(
                        "DPO policy",
                        "DPO",
                        "Learns to write what the annotators prefer (Direct Preference Optimization).");
            case SFT -> new MethodText("supervised model", "SFT", "Learns to write like the texts it is given.");
        };
    }
}
