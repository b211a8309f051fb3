package dev.tiebreak.studio.registry.ui;

import dev.tiebreak.studio.registry.Checkpoint;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/// A try and what has come of it so far.
final class Tried {
    private static final double LEAST_DIFFERENCE = 0.001;

    /// @param finished whether the model ended by itself or met the limit
    record Written(String text, int tokens, boolean cutOff, boolean finished) {}

    private final String prompt;
    private final List<Checkpoint> models;
    private final Optional<Checkpoint> rewardModel;
    private final List<Written> written;
    private List<Double> scores = List.of();

    Tried(String prompt, List<Checkpoint> models, Optional<Checkpoint> rewardModel) {
        this.prompt = prompt;
        this.models = List.copyOf(models);
        this.rewardModel = rewardModel;
        this.written = new ArrayList<>(Collections.nCopies(models.size(), new Written("", 0, false, false)));
    }

    String prompt() {
        return prompt;
    }

    List<Checkpoint> models() {
        return models;
    }

    Optional<Checkpoint> rewardModel() {
        return rewardModel;
    }

    Written written(int model) {
        return written.get(model);
    }

    void write(int model, Written now) {
        written.set(model, now);
    }

    void score(List<Double> given) {
        scores = List.copyOf(given);
    }

    List<Double> scores() {
        return scores;
    }

    /// By more than the digits that are shown: the same text in another batch differs in the last ones.
    boolean isBest(int model) {
        return scores.size() == 2 && scores.get(model) - scores.get(1 - model) > LEAST_DIFFERENCE;
    }

    /// By the reward model, the second completion would win with `σ(r₂ − r₁)`, as Bradley and Terry have it; empty
    /// where two were not scored.
    Optional<Double> chanceOfSecond() {
        return scores.size() == 2
                ? Optional.of(1 / (1 + Math.exp(scores.get(0) - scores.get(1)))) // 0 and 1 at the extremes, never NaN
                : Optional.empty();
    }
}
