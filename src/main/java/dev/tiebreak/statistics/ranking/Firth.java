package dev.tiebreak.statistics.ranking;

import dev.tiebreak.statistics.numeric.Cholesky;
import dev.tiebreak.statistics.numeric.Logistic;
import java.util.List;
import java.util.Optional;

/// Firth's bias-reduced Bradley-Terry strengths (Biometrika 80, 1993): the log likelihood plus half the logarithm of
/// the information's determinant (Jeffreys' prior), as `BTm(br = TRUE)` in R. Finite even for items that won or lost
/// everything, as long as comparisons connect all items; meant for few items.
///
/// Ties are half wins. The score of each pair gains `h (½ − p)`, `h` its leverage; steps are Fisher scoring, halved
/// until the penalised likelihood does not fall.
public final class Firth {
    /// Each step takes the inverse of the information.
    public static final int MOST_ITEMS = 500;

    private static final int MOST_STEPS = 200;
    private static final double TOLERANCE = 1e-11;

    private final Likelihood likelihood;
    private final Groups groups;

    private Firth(Likelihood likelihood) {
        this.likelihood = likelihood;
        this.groups = likelihood.groups;
    }

    /// Bias-reduced log strengths, or why there are none.
    public static Ranking of(PairCounts counts) {
        Connectivity connectivity = Connectivity.of(counts);
        if (counts.pairs() == 0 || !connectivity.connected()) {
            return new Ranking.NotEstimable(
                    counts.pairs() == 0
                            ? "nothing has been compared yet"
                            : String.join("; ", connectivity.problems())
                                    + ": compare items of one set with items of another, or use a prior",
                    connectivity);
        }
        if (counts.items() > MOST_ITEMS) {
            return new Ranking.NotEstimable(
                    "bias reduction takes %,d items at most, there are %,d: use a prior"
                            .formatted(MOST_ITEMS, counts.items()),
                    connectivity);
        }
        Likelihood likelihood = new Likelihood(counts.groups(), TieModel.HALF_WINS, Prior.none());
        return new Firth(likelihood)
                .maximise()
                .<Ranking>map(at ->
                        new BradleyTerryFit(BradleyTerry.maximumLikelihood(), likelihood, at, List.of(), connectivity))
                .orElseGet(
                        () -> new Ranking.NotEstimable("bias reduction found no maximum: use a prior", connectivity));
    }

    private Optional<double[]> maximise() {
        double[] at = new double[groups.items];
        Optional<Step> step = step(at);
        for (int round = 0; step.isPresent() && round < MOST_STEPS; round++) {
            double largest = 0;
            for (double change : step.get().direction()) {
                largest = Math.max(largest, Math.abs(change));
            }
            if (largest < TOLERANCE) {
                Strengths.centre(at, at.length);
                return Optional.of(at);
            }
            double length = Math.min(1, 2 / largest); // a strength moves by 2 log odds at most
            double penalised = step.get().penalised();
            Optional<Step> next = Optional.empty();
            double[] there = at;
            for (int halving = 0; halving < 30; halving++) {
                there = moved(at, step.get().direction(), length);
                next = step(there);
                if (next.isPresent() && next.get().penalised() >= penalised - 1e-10 * (1 + Math.abs(penalised))) {
                    break;
                }
                length /= 2;
            }
            at = there;
            step = next;
        }
        return Optional.empty();
    }

    /// @param penalised the log likelihood plus half the log determinant, to a constant
    private record Step(double[] direction, double penalised) {}

    private Optional<Step> step(double[] at) {
        double[] gradient = likelihood.gradient(at);
        return Cholesky.of(anchored()).map(cholesky -> {
            double[][] inverse = cholesky.inverse();
            for (int left = 0; left < groups.items; left++) {
                for (int group = groups.starts[left]; group < groups.starts[left + 1]; group++) {
                    int right = groups.right[group];
                    double p = Logistic.of(at[left] - at[right]);
                    double n = groups.wins(group) + groups.losses(group) + groups.ties(group);
                    double leverage =
                            n * p * (1 - p) * (inverse[left][left] + inverse[right][right] - 2 * inverse[left][right]);
                    gradient[left] += leverage * (0.5 - p);
                    gradient[right] -= leverage * (0.5 - p);
                }
            }
            return new Step(cholesky.solve(gradient), likelihood.logLikelihood(at) + cholesky.logDeterminant() / 2);
        });
    }

    /// The information plus a constant that does not depend on strengths, so that determinants can be compared.
    private double[][] anchored() {
        double[][] matrix = likelihood.dense();
        for (int row = 0; row < matrix.length; row++) {
            for (int column = 0; column <= row; column++) {
                matrix[row][column] += 1.0 / matrix.length;
            }
        }
        return matrix;
    }

    private static double[] moved(double[] from, double[] direction, double length) {
        double[] moved = from.clone();
        for (int i = 0; i < moved.length; i++) {
            moved[i] += length * direction[i];
        }
        return moved;
    }
}
