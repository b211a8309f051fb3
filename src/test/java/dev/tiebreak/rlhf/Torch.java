package dev.tiebreak.rlhf;

import dev.tiebreak.rlhf.model.Head;
import dev.tiebreak.rlhf.model.ModelConfig;
import dev.tiebreak.rlhf.torch.TorchRuntime;
import java.util.SplittableRandom;

/// One runtime for all tests of a JVM, and the tiny model they share.
public final class Torch {
    public static final TorchRuntime RUNTIME = TorchRuntime.start(System.err::println);

    private Torch() {}

    /// 2 layers, H 64, 4 heads of which 2 for keys and values, 64 tokens of vocabulary.
    public static ModelConfig tiny(Head head) {
        return ModelConfig.small(64, 64, 2, 4, 2, 64).with(head);
    }

    public static int[] tokens(SplittableRandom random, int length) {
        return random.ints(length, 4, 64).toArray();
    }
}
