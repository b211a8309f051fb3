package dev.tiebreak.rlhf;

import dev.tiebreak.rlhf.model.FreshModel;
import dev.tiebreak.rlhf.model.ModelConfig;
import dev.tiebreak.rlhf.model.ModelFolder;
import dev.tiebreak.rlhf.tokenizer.BpeTrainer;
import dev.tiebreak.rlhf.tokenizer.ByteLevelBpe;
import dev.tiebreak.rlhf.tokenizer.SpecialTokens;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.function.IntFunction;

/// Model folders for tests: 2 layers, H 64, 4 heads of which 2 for keys and values, 290 tokens, fresh weights.
public final class TinyModel {
    public static final int CONTEXT = 512;

    private TinyModel() {}

    public static Path language(Path folder, long seed) {
        return write(folder, seed, tokens -> ModelConfig.small(tokens, 64, 2, 4, 2, CONTEXT));
    }

    /// One that is not tiny, with heads of 64 and more vocabulary than tokens.
    public static Path language(Path folder, int vocabulary, int hidden, int layers) {
        int heads = hidden / 64;
        return write(folder, 1, _ -> ModelConfig.small(vocabulary, hidden, layers, heads, heads, CONTEXT));
    }

    private static Path write(Path folder, long seed, IntFunction<ModelConfig> shape) {
        ByteLevelBpe tokenizer = new BpeTrainer(290, 2, SpecialTokens.chatMl())
                .add("user assistant good bad the cat the dog the sun the rain is here is there")
                .add("good bad the cat the dog the sun the rain")
                .train();
        try {
            FreshModel.write(folder, tokenizer, shape.apply(tokenizer.tokens().size()), new SplittableRandom(seed));
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Path reward(Path folder, Path language, long seed) {
        Torch.RUNTIME.prepareThread();
        try (ModelFolder model = ModelFolder.loadScoring(Torch.RUNTIME, language, new SplittableRandom(seed))) {
            model.save(folder);
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
