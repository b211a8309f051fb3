package dev.tiebreak.statistics.reliability;

import dev.tiebreak.statistics.numeric.NormalQuadrature;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/// Rasch's model by marginal maximum likelihood: how hard each item is, how able each person (Bock & Lieberman
/// 1970; Bock & Aitkin 1981; the conventions are those of R's `ltm::rasch`).
///
/// `P(right) = 1 / (1 + exp(−a (θ − b)))` with ability θ ~ N(0, 1), which fixes the scale, difficulty b of each
/// item in the unit of θ, and one discrimination a for all items, given or estimated. Newton's method on the
/// exact marginal likelihood; Gauss-Hermite nodes are doubled until the log-likelihood no longer notices.
/// Standard errors come from the observed information, that of b by the delta method where a is estimated.
///
/// Missing responses say nothing. An item that everyone solved, or nobody, has no difficulty: it is left out,
/// which changes nothing for the others (its likelihood is 1 in the limit), and named.
///
/// @param discrimination given; empty to be estimated
public record RaschModel(OptionalDouble discrimination) {
    private static final int FEWEST_NODES = 31;
    private static final int MOST_NODES = 248;
    private static final int MOST_STEPS = 200;

    /// Newton's next step would be its square.
    private static final double SMALLEST_STEP = 1e-7;

    /// Of the log-likelihood, when the number of nodes is doubled.
    private static final double QUADRATURE_ERROR = 1e-8;

    /// Outside, the likelihood has its highest point at 0 or at infinity.
    private static final double LEAST_DISCRIMINATION = 1e-2;

    private static final double MOST_DISCRIMINATION = 50;

    public RaschModel {
        if (discrimination.isPresent() && !(discrimination.getAsDouble() > 0)) {
            throw new IllegalArgumentException("a discrimination is above 0, got " + discrimination.getAsDouble());
        }
    }

    /// As `ltm::rasch(constraint = …)`; 1 is the classical model.
    public static RaschModel withDiscrimination(double discrimination) {
        return new RaschModel(OptionalDouble.of(discrimination));
    }

    /// As `ltm::rasch()`.
    public static RaschModel estimatingDiscrimination() {
        return new RaschModel(OptionalDouble.empty());
    }

    public RaschFit of(Responses responses) {
        List<Optional<String>> refusals = IntStream.range(0, responses.items())
                .mapToObj(item -> refusal(responses, item))
                .toList();
        int[] kept = IntStream.range(0, responses.items())
                .filter(item -> refusals.get(item).isEmpty())
                .toArray();
        if (responses.rows() == 0) {
            return new RaschFit.Undefined("there are no responses yet");
        }
        if (kept.length < (discrimination.isPresent() ? 1 : 2)) {
            return new RaschFit.Undefined("too few items were solved by some and failed by others");
        }
        ScoreGroups groups = ScoreGroups.of(responses, kept);
        double[] start = start(groups);
        for (int nodes = FEWEST_NODES; ; nodes *= 2) {
            var likelihood = new RaschLikelihood(groups, NormalQuadrature.of(nodes), discrimination.isEmpty());
            double[] best = climb(likelihood, start);
            double slope = best[kept.length];
            if (slope < LEAST_DISCRIMINATION) {
                return new RaschFit.Undefined("responses to one item say nothing of those to another, so that there is"
                        + " no ability to measure: look whether an item is scored upside down");
            }
            if (slope > MOST_DISCRIMINATION) {
                return new RaschFit.Undefined("whoever solves an item solves every easier one, so that the"
                        + " discrimination has no end: give one");
            }
            double finer = new RaschLikelihood(groups, NormalQuadrature.of(Math.min(2 * nodes, MOST_NODES)), false)
                    .logLikelihood(best);
            if (Math.abs(finer - likelihood.logLikelihood(best)) < QUADRATURE_ERROR || 2 * nodes > MOST_NODES) {
                return new RaschFit.Fitted(responses, kept, refusals, likelihood, best);
            }
            start = best;
        }
    }

    private static Optional<String> refusal(Responses responses, int item) {
        boolean right = false;
        boolean wrong = false;
        for (int row = 0; row < responses.rows(); row++) {
            right |= responses.response(row, item) == Responses.RIGHT;
            wrong |= responses.response(row, item) == Responses.WRONG;
        }
        if (right && wrong) {
            return Optional.empty();
        }
        return Optional.of(
                right
                        ? "everyone solved it: no difficulty is low enough"
                        : wrong ? "nobody solved it: no difficulty is high enough" : "nobody answered it");
    }

    /// Intercepts `d = a b` of the kept items, then the discrimination a.
    private double[] start(ScoreGroups groups) {
        double slope = discrimination.orElse(1);
        double[] start = new double[groups.items() + 1];
        for (int item = 0; item < groups.items(); item++) {
            double share = groups.right(item) / groups.answers(item);
            start[item] = Math.log((1 - share) / share) * Math.sqrt(1 + slope * slope / 3); // 3 ≈ 1.7²
        }
        start[groups.items()] = slope;
        return start;
    }

    private static double[] climb(RaschLikelihood likelihood, double[] start) {
        double[] at = start.clone();
        double height = likelihood.logLikelihood(at);
        for (int step = 0; step < MOST_STEPS; step++) {
            double[] direction = likelihood.direction(at);
            if (longest(direction) < SMALLEST_STEP) {
                return moved(at, direction, 1);
            }
            double length = 1;
            double[] next = moved(at, direction, length);
            while (!(next[next.length - 1] > 0 && likelihood.logLikelihood(next) >= height)) {
                length /= 2;
                if (length < SMALLEST_STEP) {
                    return at; // rounding: no direction goes up
                }
                next = moved(at, direction, length);
            }
            at = next;
            height = likelihood.logLikelihood(at);
            if (at[at.length - 1] < LEAST_DISCRIMINATION || at[at.length - 1] > MOST_DISCRIMINATION) {
                return at;
            }
        }
        return at;
    }

    private static double longest(double... direction) {
        double longest = 0;
        for (double part : direction) {
            longest = Math.max(longest, Math.abs(part));
        }
        return longest;
    }

    private static double[] moved(double[] from, double[] direction, double length) {
        double[] to = from.clone();
        for (int i = 0; i < direction.length; i++) {
            to[i] += length * direction[i];
        }
        return to;
    }
}
