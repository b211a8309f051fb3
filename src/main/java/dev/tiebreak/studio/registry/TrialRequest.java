package dev.tiebreak.studio.registry;

import java.util.List;
import java.util.Optional;

/// One prompt for one model, or for two side by side.
public record TrialRequest(
        String prompt, List<Checkpoint> models, Optional<Checkpoint> rewardModel, SamplingChoice sampling) {
    public static final int LONGEST_PROMPT = 20_000;

    public TrialRequest {
        models = List.copyOf(models);
        if (prompt.isBlank()) {
            throw new IllegalArgumentException("The prompt is empty.");
        }
        if (prompt.length() > LONGEST_PROMPT) {
            throw new IllegalArgumentException(
                    "The prompt has %,d characters; at most %,d are taken.".formatted(prompt.length(), LONGEST_PROMPT));
        }
        if (models.isEmpty() || models.size() > 2) {
            throw new IllegalArgumentException("A try needs one model or two, got " + models.size() + ".");
        }
    }
}
