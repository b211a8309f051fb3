package dev.tiebreak.rlhf.rollout;

import dev.tiebreak.rlhf.WrongInputException;

/// How tokens are chosen, named as transformers names it.
///
/// @param maxNewTokens most tokens to write; a prompt near the end of the context leaves room for fewer
/// @param temperature  logits are divided by it; 0 always takes the likeliest token
/// @param topK         only the k likeliest tokens can be drawn; 0 for all
/// @param topP         of those, only the likeliest whose probabilities reach p together; 1 for all
public record SamplingSettings(int maxNewTokens, double temperature, int topK, double topP) {
    public SamplingSettings {
        require(maxNewTokens >= 1, "max_new_tokens must be at least 1, is " + maxNewTokens);
        require(temperature >= 0 && temperature <= 100, "temperature must be from 0 to 100, is " + temperature);
        require(topK >= 0, "top_k must be 0 (for all) or more, is " + topK);
        require(topP > 0 && topP <= 1, "top_p must be above 0 and at most 1, is " + topP);
    }

    public static SamplingSettings greedy(int maxNewTokens) {
        return new SamplingSettings(maxNewTokens, 0, 0, 1);
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new WrongInputException(otherwise);
        }
    }
}
