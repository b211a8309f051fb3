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

/// Model folders for tests: 2 layers, H 64, 4 heads of which 2 for keys and values, 290 tokens, fresh weights.
public final class TinyModel {
    public static final int CONTEXT = 512;

    private TinyModel() {}

    public static Path language(Path folder, long seed) {
        ByteLevelBpe tokenizer = new BpeTrainer(290, 2, SpecialTokens.chatMl())
                .add("user assistant good bad the cat the dog the sun the rain is here is there")
                .add("good bad the cat the dog the sun the rain")
                .train();
        ModelConfig shape = ModelConfig.small(tokenizer.tokens().size(), 64, 2, 4, 2, CONTEXT);
        try {
            FreshModel.write(folder, tokenizer, shape, new SplittableRandom(seed));
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
