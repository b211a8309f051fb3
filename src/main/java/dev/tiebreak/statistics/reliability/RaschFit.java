package dev.tiebreak.statistics.reliability;

import dev.tiebreak.statistics.Estimate;
import dev.tiebreak.statistics.numeric.Cholesky;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// What Rasch's model makes of responses.
public sealed interface RaschFit {

    /// @param reason why there is no model, as a person can act on it
    record Undefined(String reason) implements RaschFit {}

    /// How well responses follow the model: mean squares of residuals, 1 expected, above 1 erratic, below 1 too
    /// regular.
    ///
    /// Residuals are averaged over the posterior of θ, as in R's `TAM::msq.itemfit`: with abilities plugged in
    /// instead, mean squares would not have 1 as their mean. z is the mean square's distance from its
    /// expectation in standard errors, from the spread of the persons' contributions; persons' have too few
    /// items for it, and 0.
    ///
    /// @param infit weighted by information: `Σ E(x − P)² / Σ E P(1 − P)`; sees misfit near the item's
    /// difficulty
    /// @param outfit unweighted: mean of `E (x − P)² / (P(1 − P))`; sees surprises far away
    record MeanSquares(double infit, double outfit, double infitZ, double outfitZ) {}

    /// The highest point of the marginal likelihood.
    final class Fitted implements RaschFit {
        private static final String METHOD = "marginal maximum likelihood, observed information";

        private final Responses responses;
        private final int[] kept;
        private final List<Optional<String>> refusals;
        private final RaschLikelihood likelihood;
        private final double[] at;
        private final Optional<double[][]> covariance;

        Fitted(
                Responses responses,
                int[] kept,
                List<Optional<String>> refusals,
                RaschLikelihood likelihood,
                double[] at) {
            this.responses = responses;
            this.kept = kept;
            this.refusals = refusals;
            this.likelihood = likelihood;
            this.at = at;
            this.covariance = Cholesky.of(likelihood.information(at)).map(Cholesky::inverse);
        }

        /// In nats, over all persons.
        public double logLikelihood() {
            return likelihood.logLikelihood(at);
        }

        /// Difficulty of each item, in standard deviations of ability; undefined where everyone or nobody
        /// solved it.
        ///
        /// @param confidence between 0 and 1
        public List<Estimate> difficulties(double confidence) {
            List<Estimate> difficulties = new ArrayList<>();
            for (int item = 0; item < refusals.size(); item++) {
                int place = Arrays.binarySearch(kept, item);
                difficulties.add(
                        place < 0
                                ? new Estimate.Undefined(refusals.get(item).orElseThrow())
                                : difficulty(place, confidence));
            }
            return List.copyOf(difficulties);
        }

        private Estimate difficulty(int place, double confidence) {
            double slope = at[kept.length];
            double value = at[place] / slope;
            return estimate(
                    value,
                    covariance.map(v -> {
                        double variance = v[place][place];
                        if (likelihood.estimatesSlope()) { // b = d/a
                            variance += value * value * v[kept.length][kept.length] - 2 * value * v[place][kept.length];
                        }
                        return variance / (slope * slope);
                    }),
                    confidence);
        }

        /// The slope common to all items: given, or estimated with its interval.
        ///
        /// @param confidence between 0 and 1
        public Estimate discrimination(double confidence) {
            return likelihood.estimatesSlope()
                    ? estimate(at[kept.length], covariance.map(v -> v[kept.length][kept.length]), confidence)
                    : new Estimate.WithoutInterval(at[kept.length], "the discrimination was given");
        }

        private static Estimate estimate(double value, Optional<Double> variance, double confidence) {
            return variance.<Estimate>map(v -> Estimate.normal(value, Math.sqrt(v), confidence, METHOD))
                    .orElseGet(() -> new Estimate.WithoutInterval(
                            value, "the likelihood is too flat for an interval: more persons help"));
        }

        /// Ability of a person with these responses: mean and standard deviation of the posterior, whose prior
        /// is N(0, 1) (expected a posteriori). Undefined without a response to an item that has a difficulty.
        ///
        /// @param confidence between 0 and 1
        /// @param row [Responses#RIGHT], [Responses#WRONG] or [Responses#MISSING] for each item
        public Estimate ability(double confidence, int... row) {
            int[] answered = answered(row);
            if (answered.length == 0) {
                return new Estimate.Undefined("this person answered no item that has a difficulty");
            }
            double[] posterior = posterior(row);
            double[] nodes = likelihood.ability().nodes();
            double mean = 0;
            double squares = 0;
            for (int node = 0; node < nodes.length; node++) {
                mean += posterior[node] * nodes[node];
                squares += posterior[node] * nodes[node] * nodes[node];
            }
            double deviation = Math.sqrt(Math.max(0, squares - mean * mean));
            return Estimate.normal(mean, deviation, confidence, "expected a posteriori, posterior deviation");
        }

        private int[] answered(int... row) {
            return IntStream.range(0, kept.length)
                    .filter(item -> row[kept[item]] != Responses.MISSING)
                    .toArray();
        }

        private double[] posterior(int... row) {
            int solved = (int) IntStream.of(answered(row))
                    .filter(item -> row[kept[item]] == Responses.RIGHT)
                    .count();
            return likelihood.posterior(answered(row), solved, at);
        }

        /// Fit of each item; empty for one without a difficulty, or where the model leaves nothing to chance.
        public List<Optional<MeanSquares>> itemFit() {
            double[][] right = likelihood.probabilities(at);
            List<Optional<MeanSquares>> fits = new ArrayList<>();
            for (int item = 0; item < responses.items(); item++) {
                int place = Arrays.binarySearch(kept, item);
                fits.add(place < 0 ? Optional.empty() : itemFit(place, right[place]));
            }
            return List.copyOf(fits);
        }

        private Optional<MeanSquares> itemFit(int item, double[] right) {
            ScoreGroups groups = likelihood.groups();
            Squares squares = new Squares();
            for (int group = 0; group < groups.size(); group++) {
                if (Arrays.binarySearch(groups.answered(group), item) >= 0) {
                    double[] posterior = likelihood.posterior(groups.answered(group), groups.score(group), at);
                    double solved = groups.right(group, item);
                    squares.add(solved, 1, right, posterior);
                    squares.add(groups.persons(group) - solved, 0, right, posterior);
                }
            }
            return squares.meanSquares();
        }

        /// Fit of a person with these responses; empty without a response to an item that has a difficulty.
        public Optional<MeanSquares> personFit(int... row) {
            int[] answered = answered(row);
            if (answered.length == 0) {
                return Optional.empty();
            }
            double[][] right = likelihood.probabilities(at);
            Squares squares = new Squares();
            for (int item : answered) {
                squares.add(1, row[kept[item]], right[item], posterior(row));
            }
            return squares.meanSquares().map(all -> new MeanSquares(all.infit(), all.outfit(), 0, 0));
        }
    }
}
