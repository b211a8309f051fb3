package dev.tiebreak.studio.registry;

/// How a completion is drawn.
///
/// @param temperature  0 takes the likeliest token each time; 1 draws as the model says
/// @param topP         draws from the likeliest tokens that together have this probability
/// @param topK         draws from so many likeliest tokens; 0 from all
/// @param maxNewTokens where the completion is cut off
/// @param seed         the same seed draws the same completion
public record SamplingChoice(double temperature, double topP, int topK, int maxNewTokens, long seed) {

    public SamplingChoice {
        if (!(temperature >= 0 && temperature <= 2)) {
            throw new IllegalArgumentException("The temperature is 0 to 2, got " + temperature + ".");
        }
        if (!(topP > 0 && topP <= 1)) {
            throw new IllegalArgumentException("Top-p is above 0 and at most 1, got " + topP + ".");
        }
        if (topK < 0 || topK > 100_000) {
            throw new IllegalArgumentException("Top-k is 0 to 100,000, got " + topK + ".");
        }
        if (maxNewTokens < 1 || maxNewTokens > 4096) {
            throw new IllegalArgumentException(
                    "The longest completion is 1 to 4,096 tokens, got " + maxNewTokens + ".");
        }
        if (seed < 0 || seed > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("The seed is 0 to 2,147,483,647, got " + seed + ".");
        }
    }

    public static SamplingChoice defaults() {
        return new SamplingChoice(0.7, 0.95, 50, 128, 1);
    }
}
