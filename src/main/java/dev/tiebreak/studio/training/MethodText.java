package dev.tiebreak.studio.training;

import dev.tiebreak.rlhf.trainer.TrainingMethod;

/// A method in words.
///
/// @param purpose what comes out, one sentence
public record MethodText(String name, String abbreviation, String purpose) {

    /// As a sentence begins with it: "An ORPO policy".
    public String withArticle() {
        return (name.startsWith("O") ? "An " : "A ") + name; // the one name that is spoken with a vowel first
    }

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
            case KTO ->
                new MethodText(
                        "KTO policy",
                        "KTO",
                        "Learns from each completion alone, chosen ones desirable and rejected ones not"
                                + " (Kahneman–Tversky Optimization).");
            case ORPO ->
                new MethodText(
                        "ORPO policy",
                        "ORPO",
                        "Imitates chosen completions and shuns rejected ones at once, without a reference"
                                + " (odds-ratio preference optimization).");
            case CPO ->
                new MethodText(
                        "CPO policy",
                        "CPO",
                        "Compares the completions without a reference, and imitates the chosen one"
                                + " (contrastive preference optimization).");
            case SIMPO ->
                new MethodText(
                        "SimPO policy",
                        "SimPO",
                        "Asks for a lead of the chosen completion per token, without a reference"
                                + " (simple preference optimization).");
            case SFT -> new MethodText("supervised model", "SFT", "Learns to write like the texts it is given.");
        };
    }
}
