package dev.tiebreak.rlhf.trainer;

import static dev.tiebreak.rlhf.trainer.TrainingMethod.REWARD_MODEL;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.tiebreak.rlhf.Torch;
import dev.tiebreak.rlhf.data.Passage;
import dev.tiebreak.rlhf.model.ModelFolder;
import dev.tiebreak.rlhf.rollout.RewardScorer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Reward models see labels that a Bradley–Terry model drew from twenty items' utilities, and are asked for these.
class KnownUtilitiesTest {
    private static final int ITEMS = 20;

    @TempDir
    Path folder;

    private final double[] utilities = new double[ITEMS];
    private Path base;

    @BeforeEach
    void prepare() {
        SplittableRandom random = new SplittableRandom(4);
        Arrays.setAll(utilities, _ -> 1.5 * random.nextGaussian());
        base = LetterWorld.fresh(folder.resolve("base"), 8);
    }

    @Test
    void two_thousand_labels_are_enough_to_find_them() {
        double[] scores = scores(train(pairs(2000)));
        assertThat(correlation(scores, utilities)).isGreaterThan(0.97); // 0.986
        assertThat(accuracy(scores)).isGreaterThan(accuracy(utilities) - 0.02); // 0.794 where 0.797 is the most
    }

    /// Of two different items the first is chosen with the probability that its lead in utility says.
    private Path pairs(int rows) {
        SplittableRandom random = new SplittableRandom(21);
        StringBuilder lines = new StringBuilder();
        for (int n = 0; n < rows; n++) {
            int one = random.nextInt(ITEMS);
            int other = (one + 1 + random.nextInt(ITEMS - 1)) % ITEMS;
            boolean first = random.nextDouble() < sigmoid(utilities[one] - utilities[other]);
            JsonObject row = new JsonObject();
            row.addProperty("prompt", "item:");
            row.addProperty("chosen", name(first ? one : other));
            row.addProperty("rejected", name(first ? other : one));
            lines.append(row).append('\n');
        }
        try {
            return Files.writeString(folder.resolve("pairs.jsonl"), lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String name(int item) {
        return "" + (char) ('a' + item);
    }

    private Path train(Path rows) {
        Map<String, String> settings =
                Map.of("per_device_train_batch_size", "32", "learning_rate", "1e-3", "num_train_epochs", "3");
        try (RunFolder run = RunFolder.open(folder.resolve("run"), false, InstantSource.system())) {
            var inputs = new Trainer.Inputs(base, rows, Optional.empty(), TrainingSettings.of(REWARD_MODEL, settings));
            new Trainer(run, _ -> {}, () -> false).train(inputs);
            return run.model();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static double[] scores(Path model) {
        Torch.RUNTIME.prepareThread();
        try (ModelFolder loaded = ModelFolder.load(Torch.RUNTIME, model)) {
            RewardScorer scorer = new RewardScorer(Torch.RUNTIME, loaded);
            return scorer.scores(IntStream.range(0, ITEMS)
                    .mapToObj(item -> scorer.tokens(Passage.text("item:"), Passage.text(name(item))))
                    .toList());
        }
    }

    /// How often a label drawn from the utilities is the one that scores say, over all pairs.
    private double accuracy(double[] scores) {
        return overPairs((one, other) -> {
            double first = sigmoid(utilities[one] - utilities[other]);
            return scores[one] > scores[other] ? first : 1 - first;
        });
    }

    private interface OfPair {
        double value(int one, int other);
    }

    private static double overPairs(OfPair pair) {
        return IntStream.range(0, ITEMS * ITEMS)
                .filter(n -> n / ITEMS != n % ITEMS)
                .mapToDouble(n -> pair.value(n / ITEMS, n % ITEMS))
                .average()
                .orElseThrow();
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    private static double correlation(double[] one, double[] other) {
        double meanOne = mean(one);
        double meanOther = mean(other);
        double product = 0;
        double squaresOne = 0;
        double squaresOther = 0;
        for (int i = 0; i < one.length; i++) {
            product += (one[i] - meanOne) * (other[i] - meanOther);
            squaresOne += (one[i] - meanOne) * (one[i] - meanOne);
            squaresOther += (other[i] - meanOther) * (other[i] - meanOther);
        }
        return product / Math.sqrt(squaresOne * squaresOther);
    }
}
