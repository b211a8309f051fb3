package dev.tiebreak.studio.preference;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// Decides for a prompt, by its content and a seed, whether all its pairs are for testing.
///
/// Adding prompts later never moves one from one side to the other. The share of test prompts is met in expectation.
final class PromptSplit {

    private PromptSplit() {}

    /// @param promptHash of the prompt's turns
    static boolean isTest(String promptHash, FreezeSettings settings) {
        byte[] digest = Sha256.of((settings.seed() + ":" + promptHash).getBytes(StandardCharsets.UTF_8));
        double uniform = (ByteBuffer.wrap(digest).getLong() >>> 11) * 0x1.0p-53; // [0, 1)
        return uniform < settings.testFraction();
    }
}
