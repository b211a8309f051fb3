package dev.tiebreak.statistics.ranking;

import dev.tiebreak.statistics.numeric.Cholesky;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The posterior of the scores under independent normal priors, as a normal distribution, by expectation
/// propagation (Minka 2001; Chu & Ghahramani 2005; the same as choix `ep_pairwise`).
///
/// Each comparison is stood for by a normal factor in the difference of its two scores, whose mean and variance
/// match those after the exact factor, in turn until nothing moves. Means, unlike the modes of Bradley–Terry
/// with a prior, and honest variances with few comparisons. Scores have mean 0 by the prior alone. Undefined
/// where comparisons tied.
///
/// @param priorVariance of each score, above 0; choix calls its inverse alpha
/// @param link from scores to probabilities
public record ExpectationPropagation(double priorVariance, Link link) {
    private static final int SWEEPS = 1_000;
    private static final double TOLERANCE = 1e-10;
    /// Equal factors move together: half of the way at once, lest they overshoot.
    private static final double TOGETHER = 0.5;

    public ExpectationPropagation {
        if (!(priorVariance > 0 && priorVariance < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("a prior has a variance above 0, got " + priorVariance);
        }
    }

    public sealed interface Result {}

    public record Fit(ScorePosterior posterior) implements Result {}

    /// @param reason why there is no posterior, as a person can act on it
    public record Undefined(String reason) implements Result {}

    /// The comparisons of one pair, and the factors that stand for each: those won by the lower item, those by
    /// the higher.
    private static final class Pair {
        private final int lower;
        private final int higher;
        private final double count;
        private final Factor won;
        private final Factor lost;

        Pair(int lower, int higher, double wins, double losses) {
            this.lower = lower;
            this.higher = higher;
            count = wins + losses;
            won = new Factor(wins, 1);
            lost = new Factor(losses, -1);
        }

        double precision() {
            return won.count * won.precision + lost.count * lost.precision;
        }

        double shift() {
            return won.count * won.shift + lost.count * lost.shift;
        }
    }

    /// A normal factor in the difference lower − higher.
    private static final class Factor {
        private final double count;
        private final int sign;
        private double precision;
        private double shift; // precision times mean

        Factor(double count, int sign) {
            this.count = count;
            this.sign = sign;
        }

        /// Matches the moments after the exact factor, seen from all others.
        ///
        /// @return how far it moved
        double renew(double mean, double variance, Link link, double share) {
            if (count == 0) {
                return 0;
            }
            double precisionOfOthers = 1 / variance - precision;
            double shiftOfOthers = mean / variance - shift;
            Link.Moments after = link.afterWin(sign * shiftOfOthers / precisionOfOthers, 1 / precisionOfOthers);
            double ofPrecision = share * (1 / after.variance() - precisionOfOthers - precision);
            double ofShift = share * (sign * after.mean() / after.variance() - shiftOfOthers - shift);
            precision += ofPrecision;
            shift += ofShift;
            return Math.max(Math.abs(ofPrecision), Math.abs(ofShift));
        }
    }

    /// Time grows with the pairs times the square of the items, each sweep.
    public Result of(PairCounts counts) {
        if (counts.ties() > 0) {
            return new Undefined("this posterior knows no ties: leave them out, or fit Davidson's model");
        }
        int n = counts.items();
        List<Pair> pairs = pairs(counts);
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            double moved = sweep(pairs, posterior(n, pairs)); // anew each time, for rounding
            if (moved < TOLERANCE) {
                return new Fit(posterior(n, pairs));
            }
        }
        return new Undefined("the posterior did not settle in " + SWEEPS + " sweeps: set a smaller prior variance");
    }

    private static List<Pair> pairs(PairCounts counts) {
        List<Pair> pairs = new ArrayList<>();
        for (int lower = 0; lower < counts.items(); lower++) {
            for (int pair = counts.start(lower); pair < counts.end(lower); pair++) {
                pairs.add(new Pair(lower, counts.higher(pair), counts.winsOfLower(pair), counts.winsOfHigher(pair)));
            }
        }
        return pairs;
    }

    private ScorePosterior posterior(int n, List<Pair> pairs) {
        double[][] precision = new double[n][n];
        double[] shift = new double[n];
        for (int item = 0; item < n; item++) {
            precision[item][item] = 1 / priorVariance;
        }
        for (Pair pair : pairs) {
            precision[pair.lower][pair.lower] += pair.precision();
            precision[pair.higher][pair.higher] += pair.precision();
            precision[pair.lower][pair.higher] -= pair.precision();
            precision[pair.higher][pair.lower] -= pair.precision();
            shift[pair.lower] += pair.shift();
            shift[pair.higher] -= pair.shift();
        }
        Optional<Cholesky> factor = Cholesky.of(precision); // the prior keeps it positive definite
        return factor.map(of -> new ScorePosterior(of.solve(shift), of.inverse()))
                .orElseThrow(() -> new ArithmeticException("factors of a log-concave model turned negative"));
    }

    /// Renews the factors of each pair in turn; the posterior follows.
    ///
    /// @return the largest change of a factor
    private double sweep(List<Pair> pairs, ScorePosterior posterior) {
        double moved = 0;
        for (Pair pair : pairs) {
            double variance = posterior.differenceVariance(pair.lower, pair.higher);
            double mean = posterior.differenceMean(pair.lower, pair.higher);
            double precision = pair.precision();
            double shift = pair.shift();
            double share = pair.count > 1 ? TOGETHER : 1;
            moved = Math.max(moved, pair.won.renew(mean, variance, link, share));
            moved = Math.max(moved, pair.lost.renew(mean, variance, link, share));
            follow(posterior, pair, pair.precision() - precision, pair.shift() - shift);
        }
        return moved;
    }

    /// Adds to the precision and shift of one difference, in place (Sherman & Morrison).
    private static void follow(ScorePosterior posterior, Pair pair, double precision, double shift) {
        double[][] covariance = posterior.covariance();
        double[] mean = posterior.mean();
        int n = mean.length;
        double[] reach = new double[n];
        Arrays.setAll(reach, item -> covariance[item][pair.lower] - covariance[item][pair.higher]);
        double variance = reach[pair.lower] - reach[pair.higher];
        double gain = precision / (1 + precision * variance);
        double ofMean = shift - gain * (mean[pair.lower] - mean[pair.higher] + shift * variance);
        for (int row = 0; row < n; row++) {
            mean[row] += reach[row] * ofMean;
            for (int column = 0; column < n; column++) {
                covariance[row][column] -= gain * reach[row] * reach[column];
            }
        }
    }
}
