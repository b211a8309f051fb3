package dev.tiebreak.statistics.ranking;

import dev.tiebreak.statistics.Estimate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Everything that a person who reads a ranking wants to see, from one call: scores with intervals, rank intervals,
/// what connects the items, and what ties and position do.
public sealed interface ScoreBoard {

    /// @param scores the strongest first
    /// @param tieModels what each tie model says of these comparisons; empty where there are no ties
    /// @param position what standing left does; empty where rows are not known, or where a warning says why
    /// @param errors how standard errors were made; empty where there are none
    /// @param warnings what a person should know beside the numbers
    record Scores(
            BradleyTerryFit fit,
            List<Score> scores,
            List<TieModelFit> tieModels,
            Optional<Position> position,
            Optional<String> errors,
            List<String> warnings)
            implements ScoreBoard {}

    /// @param reason why there are no scores, and what a person can do
    record Refused(String reason, Connectivity connectivity) implements ScoreBoard {}

    /// @param logStrength in log odds, mean 0 over all items
    /// @param quasiStandardError of any comparison of two items from the list; absent for very few or many items
    /// @param rank 1 for the strongest; equal strengths share the best
    /// @param bestRank of the simultaneous interval; absent where there are no standard errors
    record Score(
            int item,
            Estimate logStrength,
            OptionalDouble quasiStandardError,
            int rank,
            OptionalInt bestRank,
            OptionalInt worstRank,
            double wins,
            double losses,
            double ties) {}

    /// Tie models with one tie parameter each, so that their log likelihoods can be compared as they are.
    ///
    /// @param tieParameter Davidson's ν, Rao and Kupper's θ, or the share of ties where they come at random
    record TieModelFit(String name, double tieParameter, double logLikelihood, double aic) {}

    /// @param effect of standing left, in log odds, with the standard errors of the board
    /// @param test against no effect, comparisons taken as independent
    record Position(Estimate effect, LikelihoodRatio test) {}

    static ScoreBoard of(PairCounts counts, BradleyTerry model, double confidence) {
        return switch (model.of(counts)) {
            case Ranking.NotEstimable(String reason, Connectivity connectivity) -> new Refused(reason, connectivity);
            case BradleyTerryFit fit -> new Maker(counts, null, confidence).board(fit);
        };
    }

    /// @param confidence of each interval, and of all rank intervals together
    static ScoreBoard of(ComparisonRows rows, BradleyTerry model, double confidence) {
        return switch (model.of(rows)) {
            case Ranking.NotEstimable(String reason, Connectivity connectivity) -> new Refused(reason, connectivity);
            case BradleyTerryFit fit -> new Maker(rows.counts(), rows, confidence).board(fit);
        };
    }

    /// Puts a board together.
    final class Maker {
        private static final String NO_ERRORS =
                "standard errors take %,d parameters at most".formatted(BradleyTerryFit.MOST_ITEMS_WITH_ERRORS);
        /// Beyond this, the differences of all pairs take more memory than a screen may.
        private static final int MOST_RANKED = 3_000;

        private final PairCounts counts;
        private final @Nullable ComparisonRows rows;
        private final double confidence;

        private Maker(PairCounts counts, @Nullable ComparisonRows rows, double confidence) {
            this.counts = counts;
            this.rows = rows;
            this.confidence = confidence;
        }

        private Scores board(BradleyTerryFit fit) {
            Optional<Covariance> covariance = fit.covariance();
            List<String> warnings = new ArrayList<>(fit.warnings());
            if (covariance.isEmpty()) {
                warnings.add(NO_ERRORS);
            } else if (counts.items() > MOST_RANKED) {
                warnings.add("rank intervals take %,d items at most".formatted(MOST_RANKED));
            }
            Optional<Position> position = position(fit, warnings);
            return new Scores(
                    fit,
                    scores(fit, covariance),
                    tieModels(fit),
                    position,
                    covariance.map(Covariance::method),
                    List.copyOf(warnings));
        }

        private List<Score> scores(BradleyTerryFit fit, Optional<Covariance> covariance) {
            double[] strengths = fit.strengths().meanZero();
            double[] quasi = covariance.flatMap(QuasiVariances::of).orElse(new double[0]);
            double[] errors = covariance.map(Covariance::standardErrorsMeanZero).orElse(new double[0]);
            Optional<RankIntervals> ranks = covariance
                    .filter(_ -> strengths.length <= MOST_RANKED)
                    .map(known -> RankIntervals.of(strengths, known, confidence));
            double[][] record = record();
            double[] ascending = strengths.clone();
            Arrays.sort(ascending);
            return IntStream.range(0, strengths.length)
                    .mapToObj(item -> new Score(
                            item,
                            errors.length == 0
                                    ? new Estimate.WithoutInterval(strengths[item], NO_ERRORS)
                                    : Estimate.normal(
                                            strengths[item],
                                            errors[item],
                                            confidence,
                                            covariance.map(Covariance::method).orElse("")),
                            quasi.length > 0 && quasi[item] >= 0
                                    ? OptionalDouble.of(Math.sqrt(quasi[item]))
                                    : OptionalDouble.empty(),
                            rank(ascending, strengths[item]),
                            ranks.map(known -> OptionalInt.of(known.best()[item]))
                                    .orElse(OptionalInt.empty()),
                            ranks.map(known -> OptionalInt.of(known.worst()[item]))
                                    .orElse(OptionalInt.empty()),
                            record[item][0],
                            record[item][1],
                            record[item][2]))
                    .sorted(Comparator.comparingInt(Score::rank).thenComparingInt(Score::item))
                    .toList();
        }

        /// One more than the items that are stronger.
        private static int rank(double[] ascending, double strength) {
            int low = 0;
            int high = ascending.length;
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (ascending[middle] > strength) {
                    high = middle;
                } else {
                    low = middle + 1;
                }
            }
            return 1 + ascending.length - low;
        }

        /// Wins, losses and ties of each item.
        private double[][] record() {
            double[][] record = new double[counts.items()][3];
            for (int lower = 0; lower < counts.items(); lower++) {
                for (int pair = counts.start(lower); pair < counts.end(lower); pair++) {
                    int higher = counts.higher(pair);
                    record[lower][0] += counts.winsOfLower(pair);
                    record[lower][1] += counts.winsOfHigher(pair);
                    record[lower][2] += counts.ties(pair);
                    record[higher][0] += counts.winsOfHigher(pair);
                    record[higher][1] += counts.winsOfLower(pair);
                    record[higher][2] += counts.ties(pair);
                }
            }
            return record;
        }

        private List<TieModelFit> tieModels(BradleyTerryFit fit) {
            List<TieModelFit> fits = new ArrayList<>();
            double ties = counts.ties();
            double all = counts.comparisons();
            if (ties == 0 || ties == all) {
                return fits;
            }
            for (TieModel model : List.of(TieModel.DAVIDSON, TieModel.RAO_KUPPER)) {
                if (fit.model().withTies(model).of(counts) instanceof BradleyTerryFit other) {
                    fits.add(new TieModelFit(
                            model == TieModel.DAVIDSON ? "Davidson" : "Rao-Kupper",
                            other.tieParameter().orElseThrow(),
                            other.logLikelihood(),
                            other.aic()));
                }
            }
            if (fit.model().withTies(TieModel.HALF_WINS).of(counts.withoutTies()) instanceof BradleyTerryFit decided) {
                double logLikelihood =
                        decided.logLikelihood() + ties * Math.log(ties / all) + (all - ties) * Math.log1p(-ties / all);
                fits.add(new TieModelFit(
                        "ties at random",
                        ties / all,
                        logLikelihood,
                        2 * (decided.degreesOfFreedom() + 1 - logLikelihood)));
            }
            return List.copyOf(fits);
        }

        private Optional<Position> position(BradleyTerryFit fit, List<String> warnings) {
            if (rows == null) {
                return Optional.empty();
            }
            return switch (fit.model().of(rows, Effects.ofPosition())) {
                case Ranking.NotEstimable(String reason, Connectivity _) -> {
                    warnings.add("what standing left does is not known: " + reason);
                    yield Optional.empty();
                }
                case BradleyTerryFit wide -> Optional.of(position(fit, wide));
            };
        }

        private Position position(BradleyTerryFit fit, BradleyTerryFit wide) {
            double effect = wide.effects()[0];
            Estimate estimate = wide.covariance()
                    .<Estimate>map(covariance -> Estimate.normal(
                            effect, covariance.standardErrorsOfEffects()[0], confidence, covariance.method()))
                    .orElseGet(() -> new Estimate.WithoutInterval(effect, NO_ERRORS));
            return new Position(estimate, LikelihoodRatio.of(fit, wide));
        }
    }
}
