package dev.tiebreak.rlhf.trainer;

import dev.tiebreak.rlhf.WrongInputException;
import java.util.Arrays;
import java.util.stream.Collectors;

/// What a run optimises.
public enum TrainingMethod {
    /// Supervised fine-tuning on texts.
    SFT("sft", 2e-5),
    /// A reward model under the Bradley–Terry model.
    REWARD_MODEL("rm", 1e-4),
    /// Direct Preference Optimization of a policy.
    DPO("dpo", 1e-6),
    /// Kahneman–Tversky Optimization of a policy, on single completions that are desirable or not.
    KTO("kto", 1e-6),
    /// Odds-ratio preference optimization: imitation and preference in one, without a reference.
    ORPO("orpo", 1e-6),
    /// Contrastive preference optimization of a policy, without a reference.
    CPO("cpo", 1e-6),
    /// Simple preference optimization: CPO on mean log-probabilities with a margin.
    SIMPO("simpo", 1e-6);

    private final String command;
    private final double learningRate;

    TrainingMethod(String command, double learningRate) {
        this.command = command;
        this.learningRate = learningRate;
    }

    /// Its name on the command line, such as `dpo`.
    public String command() {
        return command;
    }

    boolean trainsPolicy() {
        return this != REWARD_MODEL;
    }

    /// TRL's default.
    double defaultLearningRate() {
        return learningRate;
    }

    /// @throws WrongInputException when there is no such method
    public static TrainingMethod named(String command) {
        return Arrays.stream(values())
                .filter(method -> method.command.equals(command))
                .findFirst()
                .orElseThrow(() -> new WrongInputException("there is no method '" + command + "'; known are "
                        + Arrays.stream(values()).map(TrainingMethod::command).collect(Collectors.joining(", "))));
    }
}
