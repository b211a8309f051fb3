package dev.tiebreak.statistics.ranking;

import dev.tiebreak.statistics.numeric.Logistic;
import dev.tiebreak.statistics.numeric.NormalQuadrature;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;

/// Which pairs to ask next: those whose answers tell most, in batches that connect all items, with a share of
/// pairs drawn at random.
///
/// An answer is worth the information that it is expected to give about the scores, `H(E p) − E H(p)` in bits,
/// where `p = 1 / (1 + e^−d)` and the difference d is normal with the posterior's mean and variance
/// (Gauss–Hermite, 32 nodes). A batch is the maximum spanning tree of these values (Li et al., Hybrid-MST,
/// NeurIPS 2018), so that it connects all items, and on top `randomShare` of the batch drawn uniformly from all
/// pairs, each at most once. Only the random ones say how good a model is on pairs nobody chose for it.
///
/// @param randomShare of a batch, at least 0, below 1
public record PairSelection(double randomShare) {
    private static final NormalQuadrature NORMAL = NormalQuadrature.of(32);
    private static final double SAME = 1e-12;

    public PairSelection {
        if (!(randomShare >= 0 && randomShare < 1)) {
            throw new IllegalArgumentException("a share of random pairs lies in [0, 1), got " + randomShare);
        }
    }

    /// A tenth of each batch at random.
    public static PairSelection usual() {
        return new PairSelection(0.1);
    }

    /// One pair of a batch; which of the two stands left is for others to draw.
    ///
    /// @param lower item, below `higher`
    /// @param informationBits expected of one answer, between 0 and 1
    /// @param byInformation whether it is in the tree
    /// @param byChance whether it was drawn
    /// @param probability that this pair came into this batch at all, given the posterior on which the batch
    /// was     chosen, over all draws of random pairs: 1 for a pair of the tree, which is chosen whatever is
    /// drawn, and draws     / all pairs for another. With random pairs it is above 0 for every pair, and the
    /// sum over a batch of     value / probability has the sum over all pairs as its mean (Horvitz & Thompson
    /// 1952). The drawn ones alone     are a simple random sample, each with probability draws / all pairs.
    public record Chosen(
            int lower,
            int higher,
            double informationBits,
            boolean byInformation,
            boolean byChance,
            double probability) {}

    /// The next batch, by lower, then higher item; the same seed gives the same batch.
    ///
    /// @param posterior of at least two items
    public List<Chosen> next(ScorePosterior posterior, long seed) {
        int n = posterior.items();
        if (n < 2) {
            throw new IllegalArgumentException("a pair takes two items, there are " + n);
        }
        long pairs = n * (n - 1L) / 2;
        SortedSet<Long> tree = tree(posterior);
        SortedSet<Long> drawn = draw(pairs, draws(n, pairs), RandomSource.XO_RO_SHI_RO_128_PP.create(seed));
        SortedSet<Long> batch = new TreeSet<>(tree);
        batch.addAll(drawn);
        List<Chosen> chosen = new ArrayList<>();
        for (long pair : batch) {
            int higher = higher(pair);
            int lower = (int) (pair - before(higher));
            boolean inTree = tree.contains(pair);
            chosen.add(new Chosen(
                    lower,
                    higher,
                    informationBits(posterior, lower, higher),
                    inTree,
                    drawn.contains(pair),
                    inTree ? 1 : (double) drawn.size() / pairs));
        }
        chosen.sort((one, other) -> one.lower() == other.lower()
                ? Integer.compare(one.higher(), other.higher())
                : Integer.compare(one.lower(), other.lower()));
        return List.copyOf(chosen);
    }

    private long draws(int items, long pairs) {
        long draws = Math.round(randomShare / (1 - randomShare) * (items - 1));
        return randomShare == 0 ? 0 : Math.min(pairs, Math.max(1, draws));
    }

    /// What one answer about this pair is expected to tell, in bits.
    public static double informationBits(ScorePosterior posterior, int one, int other) {
        return informationBits(posterior.differenceMean(one, other), posterior.differenceVariance(one, other));
    }

    static double informationBits(double mean, double variance) {
        double deviation = Math.sqrt(variance);
        double expectedWin = NORMAL.mean(mean, deviation, Logistic::of);
        double expectedEntropy = NORMAL.mean(mean, deviation, x -> entropyBits(Logistic.of(x)));
        return Math.max(0, entropyBits(expectedWin) - expectedEntropy);
    }

    private static double entropyBits(double p) {
        return p <= 0 || p >= 1 ? 0 : -(p * Math.log(p) + (1 - p) * Math.log1p(-p)) / Math.log(2);
    }

    /// Prim's algorithm (1957). Among equals the newest item takes over: with nothing known the tree is a
    /// chain, not a star.
    private static SortedSet<Long> tree(ScorePosterior posterior) {
        int n = posterior.items();
        double[] best = new double[n];
        int[] neighbour = new int[n];
        boolean[] inside = new boolean[n];
        Arrays.fill(best, -1);
        SortedSet<Long> tree = new TreeSet<>();
        int newest = 0;
        inside[0] = true;
        for (int edge = 1; edge < n; edge++) {
            int next = -1;
            for (int item = 0; item < n; item++) {
                if (!inside[item]) {
                    double information = informationBits(posterior, newest, item);
                    if (information >= best[item] - SAME) {
                        best[item] = information;
                        neighbour[item] = newest;
                    }
                    if (next < 0 || best[item] > best[next] + SAME) {
                        next = item;
                    }
                }
            }
            tree.add(number(Math.min(next, neighbour[next]), Math.max(next, neighbour[next])));
            inside[next] = true;
            newest = next;
        }
        return tree;
    }

    /// Different pairs, each set of them equally likely (Floyd).
    private static SortedSet<Long> draw(long pairs, long draws, UniformRandomProvider random) {
        SortedSet<Long> drawn = new TreeSet<>();
        for (long last = pairs - draws; last < pairs; last++) {
            if (!drawn.add(random.nextLong(last + 1))) {
                drawn.add(last);
            }
        }
        return drawn;
    }

    /// Pairs are numbered by their higher item, then their lower one.
    private static long number(int lower, int higher) {
        return before(higher) + lower;
    }

    private static long before(int higher) {
        return higher * (higher - 1L) / 2;
    }

    private static int higher(long pair) {
        int higher = (int) ((1 + Math.sqrt(1 + 8.0 * pair)) / 2);
        while (before(higher) > pair) {
            higher--;
        }
        while (before(higher + 1) <= pair) {
            higher++;
        }
        return higher;
    }
}
