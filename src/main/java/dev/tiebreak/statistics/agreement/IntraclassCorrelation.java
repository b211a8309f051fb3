package dev.tiebreak.statistics.agreement;

import dev.tiebreak.statistics.Estimate;
import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import org.apache.commons.statistics.distribution.FDistribution;

/// Intraclass correlations of ratings: the share of their variance that is between targets (Shrout & Fleiss 1979,
/// the six forms; McGraw & Wong 1996 for the intervals). At most 1; they can be negative.
///
/// The first number is the study: 1, every target has other judges; 2, the same judges, drawn at random from
/// many, so that their severity counts as error; 3, just these judges, so that it does not. `K` is the
/// reliability of the mean of the k judges instead of one. Intervals come from the F distribution, exact but for
/// ICC2, where degrees of freedom are Satterthwaite's; there is none where targets differ so little that a limit
/// passes through infinity. The standard error is the delta method on independent mean
/// squares, whose variance is `2 MS² / df`.
///
/// Every judge rates every target: with a missing rating it is undefined, unless incomplete targets are dropped
/// ([#completeTargets]). Undefined too with fewer than two targets or judges, or where all ratings are equal.
public enum IntraclassCorrelation {
    ICC1,
    ICC2,
    ICC3,
    ICC1K,
    ICC2K,
    ICC3K;

    /// Of a correlation of 0 or more it is k − 1 or more.
    private static final double LEAST_FREEDOM = 0.1;

    /// The limits are ratios; where targets differ less than by chance, their denominators change sign.
    private static final String BELOW_ALL_LIMITS =
            "targets differ less than chance alone would have them, so that the interval has no end: rate more targets,"
                    + " or targets that differ more";

    /// The analysis of variance.
    ///
    /// @param targets n
    /// @param judges k
    /// @param betweenTargets `MSR`, n − 1 degrees of freedom
    /// @param betweenJudges `MSC`, k − 1
    /// @param residual `MSE`, (n − 1)(k − 1)
    /// @param withinTargets `MSW`, n (k − 1): judges and residual together
    public record MeanSquares(
            int targets,
            int judges,
            double betweenTargets,
            double betweenJudges,
            double residual,
            double withinTargets) {

        /// @param ratings `[targets, judges]`, at least two of each, all finite
        public static MeanSquares of(double[][] ratings) {
            int n = ratings.length;
            int k = ratings[0].length;
            double grand = Arrays.stream(ratings)
                    .flatMapToDouble(Arrays::stream)
                    .average()
                    .orElseThrow();
            double targets = 0;
            double judges = 0;
            double total = 0;
            for (double[] row : ratings) {
                double mean = Arrays.stream(row).average().orElseThrow() - grand;
                targets += k * mean * mean;
                for (double rating : row) {
                    total += (rating - grand) * (rating - grand);
                }
            }
            for (int judge = 0; judge < k; judge++) {
                int j = judge;
                double mean = Arrays.stream(ratings)
                                .mapToDouble(row -> row[j])
                                .average()
                                .orElseThrow()
                        - grand;
                judges += n * mean * mean;
            }
            double within = Math.max(0, total - targets);
            double residual = Math.max(0, within - judges);
            return new MeanSquares(
                    n,
                    k,
                    targets / (n - 1),
                    judges / (k - 1),
                    residual / ((n - 1.0) * (k - 1)),
                    within / (n * (k - 1.0)));
        }
    }

    /// The targets that every judge has rated.
    ///
    /// @param ratings `[targets, judges]`, NaN where missing
    public static double[][] completeTargets(double[][] ratings) {
        return Arrays.stream(ratings)
                .filter(row -> Arrays.stream(row).noneMatch(Double::isNaN))
                .toArray(double[][]::new);
    }

    /// @param ratings `[targets, judges]`, NaN where missing
    /// @param confidence between 0 and 1
    public Estimate of(double[][] ratings, double confidence) {
        if (ratings.length < 2 || ratings[0].length < 2) {
            return new Estimate.Undefined("at least two targets rated by at least two judges are needed");
        }
        long missing = Arrays.stream(ratings)
                .flatMapToDouble(Arrays::stream)
                .filter(Double::isNaN)
                .count();
        if (missing > 0) {
            return new Estimate.Undefined(
                    ("%,d of %,d ratings are missing: have them rated, or drop the %,d targets that" + " lack one")
                            .formatted(
                                    missing,
                                    (long) ratings.length * ratings[0].length,
                                    ratings.length - completeTargets(ratings).length));
        }
        double first = ratings[0][0];
        if (Arrays.stream(ratings).flatMapToDouble(Arrays::stream).allMatch(rating -> rating == first)) {
            return new Estimate.Undefined("all ratings are equal, so that there is no variance to share");
        }
        return of(MeanSquares.of(ratings), confidence);
    }

    private Estimate of(MeanSquares squares, double confidence) {
        double error = this == ICC1 || this == ICC1K ? squares.withinTargets : squares.residual;
        double value = value(squares);
        if (!Double.isFinite(value)) {
            return new Estimate.Undefined("targets do not differ, so that the mean of judges has no variance to share");
        }
        if (error <= 1e-14 * squares.betweenTargets) {
            return new Estimate.WithoutInterval(value, "the judges do not differ, so that their error is not known");
        }
        double[] limits = limits(squares, (1 - confidence) / 2);
        if (!(Double.isFinite(limits[0]) && limits[0] <= value && value <= limits[1])) {
            return new Estimate.WithoutInterval(value, BELOW_ALL_LIMITS);
        }
        return new Estimate.Defined(
                value,
                standardError(squares),
                limits[0],
                limits[1],
                confidence,
                "F distribution (Shrout & Fleiss 1979)");
    }

    private double value(MeanSquares s) {
        double n = s.targets;
        double k = s.judges;
        double r = s.betweenTargets;
        return switch (this) {
            case ICC1 -> (r - s.withinTargets) / (r + (k - 1) * s.withinTargets);
            case ICC2 -> (r - s.residual) / (r + (k - 1) * s.residual + k * (s.betweenJudges - s.residual) / n);
            case ICC3 -> (r - s.residual) / (r + (k - 1) * s.residual);
            case ICC1K -> (r - s.withinTargets) / r;
            case ICC2K -> (r - s.residual) / (r + (s.betweenJudges - s.residual) / n);
            case ICC3K -> (r - s.residual) / r;
        };
    }

    private double[] limits(MeanSquares s, double tail) {
        double n = s.targets;
        double k = s.judges;
        return switch (this) {
            case ICC1 -> single(ofRatio(s.betweenTargets / s.withinTargets, n - 1, n * (k - 1), tail), k);
            case ICC1K -> mean(ofRatio(s.betweenTargets / s.withinTargets, n - 1, n * (k - 1), tail));
            case ICC3 -> single(ofRatio(s.betweenTargets / s.residual, n - 1, (n - 1) * (k - 1), tail), k);
            case ICC3K -> mean(ofRatio(s.betweenTargets / s.residual, n - 1, (n - 1) * (k - 1), tail));
            case ICC2 -> ofRandomJudges(s, tail);
            case ICC2K ->
                Arrays.stream(ofRandomJudges(s, tail))
                        .map(limit -> limit * k / (1 + limit * (k - 1)))
                        .toArray();
        };
    }

    /// Limits of the ratio of the expected mean squares.
    private static double[] ofRatio(double ratio, double above, double below, double tail) {
        return new double[] {ratio / upper(above, below, tail), ratio * upper(below, above, tail)};
    }

    private static double[] single(double[] ratio, double k) {
        return new double[] {(ratio[0] - 1) / (ratio[0] + k - 1), (ratio[1] - 1) / (ratio[1] + k - 1)};
    }

    private static double[] mean(double[] ratio) {
        return new double[] {1 - 1 / ratio[0], 1 - 1 / ratio[1]};
    }

    private static double[] ofRandomJudges(MeanSquares s, double tail) {
        double n = s.targets;
        double k = s.judges;
        double r = s.betweenTargets;
        double e = s.residual;
        double icc = ICC2.value(s);
        double ofJudges = k * icc * s.betweenJudges / e;
        double ofRest = n * (1 + (k - 1) * icc) - k * icc;
        double freedom = (k - 1)
                * (n - 1)
                * (ofJudges + ofRest)
                * (ofJudges + ofRest)
                / ((n - 1) * ofJudges * ofJudges + ofRest * ofRest);
        double noise = k * s.betweenJudges + (k * n - k - n) * e;
        if (!(freedom >= LEAST_FREEDOM)) {
            return new double[] {Double.NaN, Double.NaN};
        }
        double low = upper(n - 1, freedom, tail);
        double high = upper(freedom, n - 1, tail);
        return new double[] {n * (r - low * e) / (low * noise + n * r), n * (high * r - e) / (noise + n * high * r)};
    }

    private static double upper(double above, double below, double tail) {
        return FDistribution.of(above, below).inverseSurvivalProbability(tail);
    }

    private double standardError(MeanSquares s) {
        double n = s.targets;
        double k = s.judges;
        ToDoubleFunction<double[]> form = ms -> value(new MeanSquares(s.targets, s.judges, ms[0], ms[1], ms[2], ms[3]));
        double[] squares = {s.betweenTargets, s.betweenJudges, s.residual, s.withinTargets};
        double[] freedom = {n - 1, k - 1, (n - 1) * (k - 1), n * (k - 1)};
        double variance = 0;
        for (int i = 0; i < squares.length; i++) {
            double step = 1e-5 * squares[i];
            double[] up = squares.clone();
            double[] down = squares.clone();
            up[i] += step;
            down[i] -= step;
            double relative = (form.applyAsDouble(up) - form.applyAsDouble(down)) / 2e-5; // ∂/∂ log MS
            variance += squares[i] == 0 ? 0 : relative * relative * 2 / freedom[i];
        }
        return Math.sqrt(variance);
    }
}
