package dev.tiebreak.rlhf.trainer;

import dev.tiebreak.rlhf.data.LabelledExample;
import dev.tiebreak.rlhf.data.Pack;
import dev.tiebreak.rlhf.data.PreferenceExample;
import dev.tiebreak.rlhf.data.TextExample;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/// Rows of random tokens, as long as those of HH-RLHF: the logarithms of the lengths of its harmless test split, in
/// tokens
/// of a byte-level BPE learnt on it, have these means and deviations, and none is longer than these.
final class SyntheticRows {
    private static final int LONGEST_PROMPT = 768;
    private static final int LONGEST_COMPLETION = 256;

    private final SplittableRandom random;
    private final int vocabulary;

    SyntheticRows(long seed, int vocabulary) {
        this.random = new SplittableRandom(seed);
        this.vocabulary = vocabulary;
    }

    List<PreferenceExample> pairs(int rows) {
        return Stream.generate(() -> new PreferenceExample(
                        prompt(), chosen(), rejected(), OptionalDouble.empty(), OptionalDouble.empty()))
                .limit(rows)
                .toList();
    }

    List<Pack> texts(int rows) {
        return Stream.generate(() -> Pack.of(new TextExample(prompt(), chosen())))
                .limit(rows)
                .toList();
    }

    List<LabelledExample> labelled(int rows) {
        return Stream.generate(() -> new LabelledExample(prompt(), chosen(), random.nextBoolean()))
                .limit(rows)
                .toList();
    }

    private int[] prompt() {
        return tokens(4.35, 0.99, LONGEST_PROMPT);
    }

    private int[] chosen() {
        return tokens(3.28, 0.92, LONGEST_COMPLETION);
    }

    private int[] rejected() {
        return tokens(3.48, 0.97, LONGEST_COMPLETION);
    }

    private int[] tokens(double mean, double deviation, int longest) {
        int length = (int) Math.rint(Math.exp(random.nextGaussian(mean, deviation)));
        return random.ints(Math.clamp(length, 1, longest), 4, vocabulary).toArray();
    }
}
