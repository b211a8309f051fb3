package dev.tiebreak.statistics.ranking;

import dev.tiebreak.statistics.Estimate;
import dev.tiebreak.statistics.numeric.BinomialSampler;
import dev.tiebreak.statistics.numeric.Replicates;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;

/// Percentile intervals of log strengths (mean 0) by drawing comparisons, or annotators with all of theirs, with
/// replacement (Efron 1979) and fitting anew.
///
/// Every replicate has its own generator, seeded from its number: the same to the last bit on any number of threads.
/// Comparisons are drawn by exact binomials of whole counts; fractional weights are rounded in sum.
///
/// @param draws number of replicates, 100 or more
/// @param seed of all replicates
/// @param confidence between 0 and 1
public record RankingBootstrap(int draws, long seed, double confidence) {
    /// Replicates without estimates before the intervals are refused.
    private static final double MOST_LOST = 0.01;
    /// A strength this far from the others, in log odds, was drawn without a win or without a loss.
    private static final double FARTHEST = 18;

    public RankingBootstrap {
        Replicates.require(draws, confidence);
    }

    /// One estimate an item, comparisons being drawn.
    public List<Estimate> ofComparisons(BradleyTerryFit fit) {
        Groups groups = fit.likelihood().groups;
        return estimates(fit, random -> redrawn(groups.counts, random), "comparisons");
    }

    /// One estimate an item, annotators being drawn; values without intervals where fewer than 10 are known.
    public List<Estimate> ofAnnotators(BradleyTerryFit fit) {
        int[] annotator = fit.likelihood().groups.annotator;
        int[] known = annotator == null
                ? new int[0]
                : Arrays.stream(annotator).filter(one -> one >= 0).distinct().toArray();
        if (annotator == null || known.length < BradleyTerryFit.FEWEST_CLUSTERS) {
            return withoutIntervals(
                    fit, "drawing annotators needs at least 10 who are known, there are " + known.length);
        }
        int people = Arrays.stream(known).max().orElse(0) + 1;
        double[] counts = fit.likelihood().groups.counts;
        return estimates(
                fit,
                random -> {
                    double[] times = new double[people];
                    for (int i = 0; i < known.length; i++) {
                        times[known[random.nextInt(known.length)]]++;
                    }
                    double[] drawn = new double[counts.length];
                    for (int i = 0; i < counts.length; i++) {
                        drawn[i] = annotator[i / 3] < 0 ? counts[i] : counts[i] * times[annotator[i / 3]];
                    }
                    return drawn;
                },
                "annotators");
    }

    private interface Redraw {
        double[] counts(UniformRandomProvider random);
    }

    private static double[] redrawn(double[] counts, UniformRandomProvider random) {
        long left = Math.round(Arrays.stream(counts).sum());
        double rest = Arrays.stream(counts).sum();
        double[] drawn = new double[counts.length];
        for (int i = 0; i < counts.length && left > 0; i++) {
            if (counts[i] > 0) {
                long times = BinomialSampler.sample(random, left, Math.min(1, counts[i] / rest));
                drawn[i] = times;
                left -= times;
                rest -= counts[i];
            }
        }
        return drawn;
    }

    private List<Estimate> estimates(BradleyTerryFit fit, Redraw redraw, String what) {
        Replicates replicates = Replicates.of(seed, draws);
        List<double[]> strengths = IntStream.range(0, draws)
                .parallel()
                .mapToObj(draw -> refit(fit, redraw.counts(replicates.generator(draw))))
                .filter(refitted -> refitted.length > 0)
                .toList();
        if (strengths.size() < draws * (1 - MOST_LOST)) {
            return withoutIntervals(
                    fit,
                    "many redrawn sets of " + what
                            + " leave an item without a win or without a loss: collect more, or use" + " a prior");
        }
        double[] values = fit.strengths().meanZero();
        return IntStream.range(0, values.length)
                .mapToObj(item -> estimate(
                        values[item],
                        strengths.stream()
                                .mapToDouble(one -> one[item])
                                .sorted()
                                .toArray(),
                        what))
                .toList();
    }

    private Estimate estimate(double value, double[] ascending, String what) {
        return Estimate.ofReplicates(
                value, ascending, confidence, "bootstrap of %s, %,d draws, percentiles".formatted(what, draws));
    }

    private static List<Estimate> withoutIntervals(BradleyTerryFit fit, String reason) {
        return Arrays.stream(fit.strengths().meanZero())
                .<Estimate>mapToObj(value -> new Estimate.WithoutInterval(value, reason))
                .toList();
    }

    /// Log strengths with mean 0; none where the drawn comparisons do not allow them.
    private static double[] refit(BradleyTerryFit fit, double[] counts) {
        Likelihood original = fit.likelihood();
        Likelihood likelihood = new Likelihood(original.groups.with(counts), original.ties, original.prior);
        double[] start = Arrays.copyOf(fit.parameters(), likelihood.parameters);
        return new Newton(likelihood)
                .maximise(start)
                .map(parameters -> {
                    double[] strengths = new Strengths(Arrays.copyOf(parameters, fit.items())).meanZero();
                    return Arrays.stream(strengths).allMatch(one -> Math.abs(one) < FARTHEST)
                            ? strengths
                            : new double[0];
                })
                .orElse(new double[0]);
    }
}
