package dev.tiebreak.rlhf.trainer;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.tiebreak.rlhf.WrongInputException;
import dev.tiebreak.rlhf.model.LoraConfig;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The settings of a run, named and defaulted as in TRL; all are resolved, so a run folder tells the whole story.
///
/// @param learningRate    peak of the schedule
/// @param epochs          passes over the rows
/// @param batchSize       rows per backward pass
/// @param accumulation    backward passes per optimiser step
/// @param maxSteps        optimiser steps after which to stop; 0 for as many as the epochs have
/// @param recomputing     whether layers are run again on the way back: less memory, a third more time
/// @param maxLength       tokens of prompt and completion together
/// @param own             what only this method takes
/// @param lora            the adapter that learns in place of all weights
/// @param maxGradientNorm global norm above which gradients are scaled down
/// @param warmupRatio     share of the steps in which the learning rate rises
/// @param schedule        `linear`, `cosine` or `constant` after the warm-up
/// @param weightDecay     decoupled, on matrices only
/// @param loggingSteps    optimiser steps per logged row
/// @param saveSteps       optimiser steps per checkpoint; 0 for every tenth of the run
/// @param evalSteps       optimiser steps per evaluation; 0 for every tenth of the run
/// @param patience        evaluations without a better `eval_loss` after which the run is finished; 0
///                        for as long as it was meant to be
/// @param klSamples       held-out prompts that the policy writes for at every evaluation, to be compared with where it
///                        began; 0 for none
/// @param klTokens        tokens of such a completion at most
public record TrainingSettings(
        TrainingMethod method,
        double learningRate,
        double epochs,
        int batchSize,
        int accumulation,
        int maxSteps,
        boolean recomputing,
        int maxLength,
        MethodSettings own,
        Optional<LoraConfig> lora,
        double maxGradientNorm,
        double warmupRatio,
        String schedule,
        double weightDecay,
        double adamBeta1,
        double adamBeta2,
        double adamEpsilon,
        long seed,
        int loggingSteps,
        int saveSteps,
        int evalSteps,
        int patience,
        int klSamples,
        int klTokens) {

    /// TRL's defaults for a method, but that every step is logged.
    public static TrainingSettings of(TrainingMethod method) {
        return of(method, Map.of());
    }

    /// @param chosen values by name; what is absent has its default
    /// @throws WrongInputException naming the setting and what it may be
    public static TrainingSettings of(TrainingMethod method, Map<String, String> chosen) {
        SettingsReader values = new SettingsReader(method, chosen);
        TrainingSettings settings = read(method, values);
        values.refuseUnknown();
        return settings;
    }

    /// Reads back what [#json] wrote. Names that this version does not know are passed over.
    public static TrainingSettings of(TrainingMethod method, JsonObject json) {
        Map<String, String> values = new LinkedHashMap<>();
        json.asMap().forEach((name, value) -> values.put(name, ((JsonPrimitive) value).getAsString()));
        return read(method, new SettingsReader(method, values));
    }

    private static TrainingSettings read(TrainingMethod method, SettingsReader values) {
        return new TrainingSettings(
                method,
                values.real("learning_rate", method.defaultLearningRate(), 0, 10),
                values.real("num_train_epochs", 3, 0, 10_000),
                values.whole("per_device_train_batch_size", 8, 1, 100_000),
                values.whole("gradient_accumulation_steps", 1, 1, 100_000),
                values.whole("max_steps", 0, 0, Integer.MAX_VALUE),
                values.truth("gradient_checkpointing", false),
                values.whole("max_length", 1024, 2, 10_000_000),
                MethodSettings.read(method, values),
                AdapterSettings.read(values),
                values.real("max_grad_norm", 1, 1e-12, 1e12),
                values.real("warmup_ratio", 0, 0, 1),
                values.oneOf("lr_scheduler_type", "linear", "linear", "cosine", "constant"),
                values.real("weight_decay", 0, 0, 10),
                values.real("adam_beta1", 0.9, 0, 0.999999999),
                values.real("adam_beta2", 0.999, 0, 0.999999999),
                values.real("adam_epsilon", 1e-8, 1e-30, 1),
                values.whole("seed", 42, Integer.MIN_VALUE, Integer.MAX_VALUE),
                values.whole("logging_steps", 1, 1, Integer.MAX_VALUE),
                values.whole("save_steps", 0, 0, Integer.MAX_VALUE),
                values.whole("eval_steps", 0, 0, Integer.MAX_VALUE),
                values.whole("early_stopping_patience", 0, 0, Integer.MAX_VALUE),
                method.trainsPolicy() ? values.whole("eval_kl_samples", 0, 0, 100_000) : 0,
                method.trainsPolicy() ? values.whole("eval_kl_max_new_tokens", 64, 1, 100_000) : 0);
    }

    /// The settings by name, as they can be given again.
    public JsonObject json() {
        JsonObject json = new JsonObject();
        json.addProperty("learning_rate", learningRate);
        json.addProperty("num_train_epochs", epochs);
        json.addProperty("per_device_train_batch_size", batchSize);
        json.addProperty("gradient_accumulation_steps", accumulation);
        json.addProperty("max_steps", maxSteps);
        json.addProperty("gradient_checkpointing", recomputing);
        json.addProperty("max_length", maxLength);
        own.into(json);
        AdapterSettings.into(json, lora);
        json.addProperty("max_grad_norm", maxGradientNorm);
        json.addProperty("warmup_ratio", warmupRatio);
        json.addProperty("lr_scheduler_type", schedule);
        json.addProperty("weight_decay", weightDecay);
        json.addProperty("adam_beta1", adamBeta1);
        json.addProperty("adam_beta2", adamBeta2);
        json.addProperty("adam_epsilon", adamEpsilon);
        json.addProperty("seed", seed);
        json.addProperty("logging_steps", loggingSteps);
        json.addProperty("save_steps", saveSteps);
        json.addProperty("eval_steps", evalSteps);
        json.addProperty("early_stopping_patience", patience);
        if (method.trainsPolicy()) {
            json.addProperty("eval_kl_samples", klSamples);
            json.addProperty("eval_kl_max_new_tokens", klTokens);
        }
        return json;
    }

    /// The same with layers run again on the way back.
    TrainingSettings withRecomputing() {
        JsonObject json = json();
        json.addProperty("gradient_checkpointing", true);
        return of(method, json);
    }

    /// Rows that one optimiser step sees.
    int rowsPerStep() {
        return batchSize * accumulation;
    }
}
