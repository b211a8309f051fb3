package dev.tiebreak.statistics.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tiebreak.statistics.ranking.PairSelection.Chosen;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Test;

class PairSelectionTest {
    private static final PairSelection USUAL = PairSelection.usual();

    private static ScorePosterior posterior(long seed, int items) {
        UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(seed);
        var normal = ZigguratSampler.NormalizedGaussian.of(random);
        double[][] covariance = new double[items][items];
        for (int item = 0; item < items; item++) {
            covariance[item][item] = 0.2 + 3 * random.nextDouble();
        }
        return new ScorePosterior(normal.samples(items).toArray(), covariance);
    }

    @Test
    void information_is_what_a_fine_sum_gives() {
        for (double variance : new double[] {0.01, 0.5, 2, 9}) {
            for (double mean : new double[] {0, 0.7, -2.5}) {
                double mass = 0;
                double win = 0;
                double entropy = 0;
                double deviation = Math.sqrt(variance);
                for (double z = -9; z <= 9; z += 0.01) {
                    double density = Math.exp(-z * z / 2);
                    double p = 1 / (1 + Math.exp(-mean - deviation * z));
                    mass += density;
                    win += density * p;
                    entropy += density * bits(p);
                }
                assertThat(PairSelection.informationBits(mean, variance))
                        .as("mean %s, variance %s", mean, variance)
                        .isCloseTo(bits(win / mass) - entropy / mass, within(1e-4));
            }
        }
    }

    private static double bits(double p) {
        return -(p * Math.log(p) + (1 - p) * Math.log(1 - p)) / Math.log(2);
    }

    @Test
    void more_is_learnt_where_less_is_known_and_where_items_are_close() {
        assertThat(PairSelection.informationBits(0, 2)).isGreaterThan(PairSelection.informationBits(0, 1));
        assertThat(PairSelection.informationBits(0, 1)).isGreaterThan(PairSelection.informationBits(2, 1));
        assertThat(PairSelection.informationBits(1, 0)).isZero();
    }

    @Test
    void every_batch_connects_all_items_and_its_tree_is_the_best_there_is() {
        ScorePosterior posterior = posterior(1, 7);
        List<Chosen> batch = USUAL.next(posterior, 1);
        List<Chosen> tree = batch.stream().filter(Chosen::byInformation).toList();
        assertThat(tree).hasSize(6);
        assertThat(components(7, tree)).isEqualTo(1);
        // Kruskal's algorithm on all pairs, written down anew
        List<int[]> pairs = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            for (int j = 0; j < i; j++) {
                pairs.add(new int[] {j, i});
            }
        }
        pairs.sort((one, other) -> Double.compare(
                PairSelection.informationBits(posterior, other[0], other[1]),
                PairSelection.informationBits(posterior, one[0], one[1])));
        int[] set = IntStream.range(0, 7).toArray();
        double best = 0;
        for (int[] pair : pairs) {
            if (set[pair[0]] != set[pair[1]]) {
                int from = set[pair[0]];
                int to = set[pair[1]];
                Arrays.setAll(set, item -> set[item] == from ? to : set[item]);
                best += PairSelection.informationBits(posterior, pair[0], pair[1]);
            }
        }
        assertThat(tree.stream().mapToDouble(Chosen::informationBits).sum()).isCloseTo(best, within(1e-12));
    }

    private static int components(int items, List<Chosen> pairs) {
        int[] set = IntStream.range(0, items).toArray();
        for (Chosen pair : pairs) {
            int from = set[pair.lower()];
            int to = set[pair.higher()];
            Arrays.setAll(set, item -> set[item] == from ? to : set[item]);
        }
        return (int) Arrays.stream(set).distinct().count();
    }

    @Test
    void with_nothing_known_the_tree_is_a_chain() {
        double[][] prior = new double[6][6];
        IntStream.range(0, 6).forEach(item -> prior[item][item] = 4);
        Map<Integer, Integer> asked = new HashMap<>();
        for (Chosen pair : new PairSelection(0).next(new ScorePosterior(new double[6], prior), 1)) {
            asked.merge(pair.lower(), 1, Integer::sum);
            asked.merge(pair.higher(), 1, Integer::sum);
        }
        assertThat(asked.values()).allMatch(times -> times <= 2);
    }

    @Test
    void the_same_seed_gives_the_same_batch_and_another_seed_the_same_tree() {
        ScorePosterior posterior = posterior(2, 30);
        assertThat(USUAL.next(posterior, 4)).isEqualTo(USUAL.next(posterior, 4));
        assertThat(USUAL.next(posterior, 4)).isNotEqualTo(USUAL.next(posterior, 5));
        assertThat(pairs(USUAL.next(posterior, 4), true)).isEqualTo(pairs(USUAL.next(posterior, 5), true));
        assertThat(pairs(USUAL.next(posterior, 4), false)).hasSize(3); // a tenth of 29 + 3
    }

    private static List<String> pairs(List<Chosen> batch, boolean byInformation) {
        return batch.stream()
                .filter(pair -> byInformation ? pair.byInformation() : pair.byChance())
                .map(pair -> pair.lower() + "-" + pair.higher())
                .toList();
    }

    /// 20,000 batches: each share of batches that hold a pair has a standard error of at most 0.0035.
    @Test
    void a_pair_comes_into_a_batch_as_often_as_its_probability_says() {
        ScorePosterior posterior = posterior(3, 6);
        var selection = new PairSelection(0.4);
        Map<String, Integer> seen = new HashMap<>();
        Map<String, Double> told = new HashMap<>();
        double total = 0;
        int batches = 20_000;
        for (int seed = 0; seed < batches; seed++) {
            for (Chosen pair : selection.next(posterior, seed)) {
                String name = pair.lower() + "-" + pair.higher();
                seen.merge(name, 1, Integer::sum);
                told.put(name, pair.probability());
                total += (pair.lower() + 10.0 * pair.higher()) / pair.probability() / batches;
            }
        }
        assertThat(told).hasSize(15);
        told.forEach((name, probability) ->
                assertThat(seen.getOrDefault(name, 0) / (double) batches).isCloseTo(probability, within(0.015)));
        double all = 0;
        for (int higher = 1; higher < 6; higher++) {
            for (int lower = 0; lower < higher; lower++) {
                all += lower + 10 * higher;
            }
        }
        assertThat(total / all).isCloseTo(1, within(0.02)); // Horvitz–Thompson
    }

    /// 30 worlds of 16 items, 12 batches of 17 answers: chosen pairs against as many drawn at random.
    @Test
    void chosen_pairs_beat_random_ones() {
        double[] chosen = new double[2];
        double[] random = new double[2];
        double[] longer = new double[2];
        for (int world = 0; world < 30; world++) {
            add(chosen, errors(world, 12, true));
            add(random, errors(world, 12, false));
            add(longer, errors(world, 16, false));
        }
        assertThat(chosen[0]).isLessThan(random[0]);
        assertThat(chosen[1]).isLessThan(random[1]);
        // a third more answers do not make up for it in the order of the items
        assertThat(chosen[1]).isLessThan(longer[1]);
    }

    private static void add(double[] to, double[] values) {
        Arrays.setAll(to, i -> to[i] + values[i]);
    }

    /// Root mean square error of the scores, and the share of pairs in the wrong order (half of 1 − Kendall's
    /// τ).
    private static double[] errors(long world, int batches, boolean byInformation) {
        int items = 16;
        UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(1_000 + world);
        double[] truth = ZigguratSampler.NormalizedGaussian.of(random)
                .samples(items)
                .map(each -> 2 * each)
                .toArray();
        List<int[]> answers = new ArrayList<>();
        ScorePosterior posterior = posterior(items, answers);
        for (int batch = 0; batch < batches; batch++) {
            List<int[]> pairs = byInformation
                    ? USUAL.next(posterior, world * 100 + batch).stream()
                            .map(pair -> new int[] {pair.lower(), pair.higher()})
                            .toList()
                    : IntStream.range(0, 17)
                            .mapToObj(_ -> randomPair(random, items))
                            .toList();
            for (int[] pair : pairs) {
                boolean win = random.nextDouble() < 1 / (1 + Math.exp(truth[pair[1]] - truth[pair[0]]));
                answers.add(win ? pair : new int[] {pair[1], pair[0]});
            }
            posterior = posterior(items, answers);
        }
        return errors(truth, posterior.mean());
    }

    private static int[] randomPair(UniformRandomProvider random, int items) {
        int one = random.nextInt(items);
        return new int[] {one, (one + 1 + random.nextInt(items - 1)) % items};
    }

    private static ScorePosterior posterior(int items, List<int[]> answers) {
        PairCounts.Builder counts = PairCounts.builder(items);
        answers.forEach(answer -> counts.add(answer[0], answer[1], Outcome.LEFT));
        return ((ExpectationPropagation.Fit) new ExpectationPropagation(4, Link.LOGIT_MIXTURE).of(counts.build()))
                .posterior();
    }

    private static double[] errors(double[] truth, double[] scores) {
        double mean = Arrays.stream(truth).average().orElseThrow();
        double own = Arrays.stream(scores).average().orElseThrow();
        double squares = 0;
        double wrong = 0;
        for (int i = 0; i < truth.length; i++) {
            double error = scores[i] - own - truth[i] + mean;
            squares += error * error / truth.length;
            for (int j = 0; j < i; j++) {
                wrong += (scores[i] - scores[j]) * (truth[i] - truth[j]) < 0 ? 1 : 0;
            }
        }
        return new double[] {Math.sqrt(squares), wrong / (truth.length * (truth.length - 1) / 2.0)};
    }
}
