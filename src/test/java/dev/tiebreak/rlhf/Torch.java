package dev.tiebreak.rlhf;

import dev.tiebreak.rlhf.model.Gemma2;
import dev.tiebreak.rlhf.model.Gpt2;
import dev.tiebreak.rlhf.model.Head;
import dev.tiebreak.rlhf.model.Llama;
import dev.tiebreak.rlhf.model.ModelConfig;
import dev.tiebreak.rlhf.model.Qwen2;
import dev.tiebreak.rlhf.model.Qwen3;
import dev.tiebreak.rlhf.model.SlidingWindow;
import dev.tiebreak.rlhf.torch.TorchRuntime;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/// One runtime for all tests of a JVM, and the tiny model they share.
public final class Torch {
    public static final TorchRuntime RUNTIME = TorchRuntime.start(System.err::println);

    private Torch() {}

    /// 2 layers, H 64, 4 heads of which 2 for keys and values, 64 tokens of vocabulary.
    public static ModelConfig tiny(Head head) {
        return ModelConfig.small(64, 64, 2, 4, 2, 64).with(head);
    }

    /// The same shape in every family; of windowed attention the window is 4 tokens, in the first layer.
    public static List<ModelConfig> tinyOfEveryFamily(Head head) {
        return Stream.of(new Llama(true, true), new Qwen2(), Qwen3.PLAIN, new Gpt2(), Gemma2.PLAIN)
                .flatMap(family -> Stream.of(
                        tiny(head).with(family), tiny(head).with(family).withTied(false)))
                .map(config -> switch (config.family()) {
                    case Llama _, Gpt2 _ -> config;
                    case Qwen2 _, Qwen3 _, Gemma2 _ -> config.with(new SlidingWindow(4, Set.of(0)));
                })
                .toList();
    }

    public static int[] tokens(SplittableRandom random, int length) {
        return random.ints(length, 4, 64).toArray();
    }
}
