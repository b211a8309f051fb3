package dev.tiebreak.rlhf.trainer;

import dev.tiebreak.rlhf.model.ModelConfig;
import dev.tiebreak.rlhf.model.ModelSize;
import java.util.Locale;

/// The memory that a run will take at most, in bytes. What it is made of is counted; what libtorch needs beside for a
/// moment was measured on the CPU.
///
/// @param weights  the model, in float32; twice where evaluations ask the reference too
/// @param training of what learns: gradients, Adam's two averages, and of an adapter the adapter
/// @param step     what a backward pass keeps of its forward pass, and needs beside
/// @param process  Java with libtorch
public record MemoryForecast(long weights, long training, long step, long process) {
    private static final long FLOAT = 4;
    private static final long PROCESS = 300_000_000;

    /// @param learnt numbers that learn; as many as the model has, but for an adapter
    /// @param load   of the largest batch
    public static MemoryForecast of(ModelSize model, long learnt, TrainingSettings settings, StepLoad load) {
        boolean adapter = learnt < model.weights();
        return new MemoryForecast(
                FLOAT * model.weights() * (settings.klSamples() > 0 ? 2 : 1),
                FLOAT * learnt * (adapter ? 4 : 3),
                Math.round(FLOAT * floats(model.config(), adapter, settings, load)),
                PROCESS);
    }

    /// Before the model is loaded: of an adapter, as large as one on every projection would be.
    public static MemoryForecast of(ModelSize model, TrainingSettings settings, StepLoad load) {
        return of(model, learnt(model, settings), settings, load);
    }

    static long learnt(ModelSize model, TrainingSettings settings) {
        return settings.lora()
                .map(lora -> lora.rank() * model.projectionEdges())
                .orElse(model.weights());
    }

    /// The way back begins at the head, while everything is kept; then it goes through the layers, of which each needs
    /// as much again as a forward pass for a moment.
    private static double floats(ModelConfig model, boolean adapter, TrainingSettings settings, StepLoad load) {
        double layer = model.family().keptPerToken(model) * load.rows() + attention(model, load);
        double inputs = model.hidden() * load.rows();
        double kept = settings.recomputing() ? model.layers() * inputs : model.layers() * layer;
        double inOneLayer = 3.0 * model.intermediate() * load.rows() + 3 * model.heads() * weighed(model, load);
        double oneLayer = (settings.recomputing() ? layer + 2 * inputs : 0) + inOneLayer;
        double embeddings = adapter ? 0 : (double) model.vocabulary() * model.hidden();
        return Math.max(kept + Math.max(oneLayer, head(model, settings.method())), embeddings);
    }

    private static double attention(ModelConfig model, StepLoad load) {
        double perKey = 2.0 * model.keyValueHeads() * model.headWidth();
        double spreadPerKey = isSpread(model) ? 2.0 * model.heads() * model.headWidth() : 0;
        double mask = load.borrowed();
        return perKey * load.lent()
                + spreadPerKey * (load.rows() + load.lent())
                + mask
                + keptScores(model) * load.squares();
    }

    /// Keys are copied for every head of queries where they have fewer heads, for the sake of the fused kernel.
    private static boolean isSpread(ModelConfig model) {
        return model.keyValueHeads() < model.heads() && keptScores(model) == 0;
    }

    /// Scores are kept where no fused kernel takes the layer's attention: none does that bends them towards a bound.
    private static double keptScores(ModelConfig model) {
        return model.family().attentionCap().isPresent() ? 2.25 * model.heads() : 0;
    }

    private static double weighed(ModelConfig model, StepLoad load) {
        return keptScores(model) > 0 ? load.largest() : 0;
    }

    /// Of log-probabilities a chunk's logits in three forms, and the head's gradient twice.
    private static double head(ModelConfig model, TrainingMethod method) {
        return method == TrainingMethod.REWARD_MODEL
                ? 0
                : 3.0 * 256 * model.vocabulary() + 2.0 * model.vocabulary() * model.hidden();
    }

    public long total() {
        return weights + training + step + process;
    }

    /// In gigabytes, for people.
    String text() {
        return String.format(
                Locale.ROOT,
                "about %.2f GB (weights %.2f, what learns %.2f, a step %.2f, Java and libtorch %.2f)",
                total() / 1e9,
                weights / 1e9,
                training / 1e9,
                step / 1e9,
                process / 1e9);
    }
}
