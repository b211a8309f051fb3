package dev.tiebreak.statistics.ranking;

import dev.tiebreak.statistics.Estimate;
import dev.tiebreak.statistics.numeric.Cholesky;
import dev.tiebreak.statistics.numeric.Lbfgs;
import dev.tiebreak.statistics.numeric.Logistic;
import dev.tiebreak.statistics.ranking.Rankings.Ranking;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Worths of items from rankings (Luce 1959, Plackett 1975), ties after Davidson and Luce (Turner, van Etten,
/// Firth & Kosmidis 2020; R `PlackettLuce`).
///
/// Best first, each item, or group of equals S, is chosen from those that remain with probability proportional
/// to `δ_|S| (Π_{i ∈ S} α_i)^{1/|S|}`; `δ_1 = 1`, one δ for each size of tie that occurs, up to 4. Rankings of
/// some of the items count as rankings of those alone; the rest of a top-k list counts as remaining. On pairs
/// without ties this is Bradley–Terry, with ties Davidson's model.
///
/// Log-worths are identified by their mean, 0. Maximum likelihood, untied by Hunter's MM sweeps (2004) with
/// suffix sums, then by Newton's method, whose information gives the model's standard errors; a weight counts
/// as so many rankings. With `pseudo` above 0 each item also wins and loses so often against a ghost of
/// log-worth 0 (R's `npseudo`): the estimate is then the mode of a proper posterior and always finite.
///
/// @param pseudo wins and losses of each item against the ghost; 0 for maximum likelihood
public record PlackettLuce(double pseudo) {
    /// Ties cost one term for each group that might have tied.
    static final int LARGEST_TIE = 4;

    static final int MOST_ITEMS_WITH_TIES = 10;
    /// Beyond it the information matrix takes too long, and no standard errors are given.
    static final int MOST_ITEMS_WITH_ERRORS = 2_000;

    private static final int SWEEPS = 30;
    private static final int STEPS = 200;
    private static final double TOLERANCE = 1e-9;
    /// A log-worth so far out is on its way to infinity.
    private static final double FARTHEST = 35;

    public PlackettLuce {
        if (!(pseudo >= 0 && pseudo < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("an item wins 0 times or more against the ghost, got " + pseudo);
        }
    }

    /// Maximum likelihood.
    public static PlackettLuce withoutPrior() {
        return new PlackettLuce(0);
    }

    /// What rankings say about their items.
    public sealed interface Result {}

    /// @param logWorths natural logarithms of the worths, mean 0; a difference of 1 means odds of e to 1
    /// @param logTies size of a tie → log δ
    /// @param logLikelihood of the rankings, without the ghost
    /// @param covariance of the log-worths (mean 0), then of the log δ; empty beyond 2,000 items
    public record Fit(
            double[] logWorths,
            SortedMap<Integer, Double> logTies,
            double logLikelihood,
            Optional<double[][]> covariance)
            implements Result {
        /// The log-worth of an item less the mean of all.
        public Estimate logWorth(int item, double confidence) {
            return estimate(logWorths[item], variance(item, item), confidence);
        }

        /// How far one item lies above another, in log-worth.
        public Estimate difference(int one, int other, double confidence) {
            return estimate(logWorths[one] - logWorths[other], differenceVariance(one, other), confidence);
        }

        public Estimate logTie(int size, double confidence) {
            @Nullable Double logTie = logTies.get(size);
            if (logTie == null) {
                return new Estimate.Undefined("no " + size + " items tied in any ranking");
            }
            int parameter = logWorths.length + logTies.headMap(size).size();
            return estimate(logTie, variance(parameter, parameter), confidence);
        }

        private Optional<Double> variance(int row, int column) {
            return covariance.map(of -> of[row][column]);
        }

        private Optional<Double> differenceVariance(int one, int other) {
            return covariance.map(of -> of[one][one] + of[other][other] - 2 * of[one][other]);
        }

        private static Estimate estimate(double value, Optional<Double> variance, double confidence) {
            return variance.<Estimate>map(of -> Estimate.normal(
                            value, Math.sqrt(Math.max(0, of)), confidence, "normal, Plackett–Luce information"))
                    .orElseGet(() ->
                            new Estimate.WithoutInterval(value, "standard errors are computed for up to 2,000 items"));
        }
    }

    /// Some worths would be infinite: no finite ones fit best. A prior (`pseudo` above 0) gives finite ones.
    ///
    /// @param unranked items in no ranking with others
    /// @param undefeated items that no other was ever ranked above or tied with
    /// @param winless items that were never ranked above or tied with another
    /// @param reason what is the matter, as a person can act on it
    public record Separated(List<Integer> unranked, List<Integer> undefeated, List<Integer> winless, String reason)
            implements Result {}

    /// @param reason why there is no fit, as a person can act on it
    public record Undefined(String reason) implements Result {}

    public Result of(Rankings rankings) {
        var likelihood = new LuceLikelihood(rankings);
        Optional<Undefined> refusal = refusal(rankings, likelihood);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        if (pseudo == 0) {
            Optional<Separated> separation = RankedAbove.of(rankings).separation();
            if (separation.isPresent()) {
                return separation.get();
            }
        }
        return rankings.items() > MOST_ITEMS_WITH_ERRORS
                ? byGradients(rankings, likelihood)
                : byNewton(rankings, likelihood);
    }

    private Optional<Undefined> refusal(Rankings rankings, LuceLikelihood likelihood) {
        if (rankings.all().stream().noneMatch(ranking -> ranking.bestFirst().length > 1)) {
            return Optional.of(new Undefined("no ranking names two items or more"));
        }
        if (!likelihood.hasTies()) {
            return Optional.empty();
        }
        int[] orders = likelihood.tieOrders();
        int largest = orders[orders.length - 1];
        if (largest > LARGEST_TIE) {
            return Optional.of(new Undefined("a ranking ties " + largest + " items; ties of up to " + LARGEST_TIE
                    + " are modelled: split larger ones, or leave those rankings out"));
        }
        int longest = rankings.all().stream()
                .mapToInt(ranking -> ranking.bestFirst().length)
                .max()
                .orElse(0);
        return longest > MOST_ITEMS_WITH_TIES
                ? Optional.of(new Undefined("with ties, rankings of up to " + MOST_ITEMS_WITH_TIES
                        + " items are modelled, there is one of " + longest
                        + ": break ties, or cut rankings to their first places"))
                : Optional.empty();
    }

    private Result byNewton(Rankings rankings, LuceLikelihood likelihood) {
        double[] point = start(rankings, likelihood);
        for (int step = 0; step < STEPS; step++) {
            double[] gradient = new double[point.length];
            double[][] information = new double[point.length][point.length];
            double value = penalised(likelihood, point, gradient, information);
            fixMean(information, rankings.items());
            Optional<Cholesky> factor = Cholesky.of(information);
            if (factor.isEmpty() || Arrays.stream(point).anyMatch(each -> Math.abs(each) > FARTHEST)) {
                return divergent();
            }
            double[] direction = factor.get().solve(gradient);
            if (Arrays.stream(direction).allMatch(each -> Math.abs(each) < TOLERANCE)) {
                add(point, direction, 1);
                return fit(rankings, likelihood, point, Optional.of(factor.get().inverse()));
            }
            add(point, direction, length(likelihood, point, direction, value));
        }
        return divergent();
    }

    private static Separated divergent() {
        return new Separated(
                List.of(),
                List.of(),
                List.of(),
                "the rankings fit better and better as worths or tie parameters grow without end: rank more, or set a"
                        + " prior");
    }

    /// The share of a Newton step that gains; the whole one near the end.
    private double length(LuceLikelihood likelihood, double[] point, double[] direction, double value) {
        for (double length = 1; length > 1e-9; length /= 2) {
            double[] there = point.clone();
            add(there, direction, length);
            if (penalised(likelihood, there, new double[point.length], new double[0][])
                    >= value - 1e-12 * (1 + Math.abs(value))) {
                return length;
            }
        }
        return 0;
    }

    private Result byGradients(Rankings rankings, LuceLikelihood likelihood) {
        Lbfgs.Minimum minimum = new Lbfgs(2_000, 1e-6)
                .of(
                        (point, gradient) -> {
                            Arrays.fill(gradient, 0);
                            double value = penalised(likelihood, point, gradient, new double[0][]);
                            Arrays.setAll(gradient, i -> -gradient[i]);
                            return -value;
                        },
                        start(rankings, likelihood));
        return minimum.converged() ? fit(rankings, likelihood, minimum.point(), Optional.empty()) : divergent();
    }

    private double penalised(LuceLikelihood likelihood, double[] point, double[] gradient, double[][] information) {
        double value = likelihood.addTo(point, gradient, information);
        for (int item = 0; pseudo > 0 && item < point.length - likelihood.tieOrders().length; item++) {
            double win = Logistic.of(point[item]);
            value += pseudo * (Logistic.log(point[item]) + Logistic.log(-point[item]));
            gradient[item] += pseudo * (1 - 2 * win);
            if (information.length > 0) {
                information[item][item] += 2 * pseudo * win * (1 - win);
            }
        }
        return value;
    }

    /// Without a ghost the sum of the log-worths is free: this holds it, and changes nothing else.
    private void fixMean(double[][] information, int items) {
        for (int row = 0; pseudo == 0 && row < items; row++) {
            for (int column = 0; column < items; column++) {
                information[row][column] += 1.0 / items;
            }
        }
    }

    /// A few sweeps of Hunter's MM; with ties zeros, from which Newton's steps find the way.
    private double[] start(Rankings rankings, LuceLikelihood likelihood) {
        double[] logWorths = new double[likelihood.parameters()];
        for (int sweep = 0; !likelihood.hasTies() && sweep < SWEEPS; sweep++) {
            logWorths = sweep(rankings, logWorths);
        }
        return logWorths;
    }

    /// One MM step: an item's worth becomes how often it was chosen, over `Σ 1 / worth of those that remained`
    /// of the choices it took part in.
    double[] sweep(Rankings rankings, double[] logWorths) {
        double[] chosen = new double[logWorths.length];
        double[] chances = new double[logWorths.length];
        for (int item = 0; item < logWorths.length; item++) {
            chosen[item] = pseudo;
            chances[item] = 2 * pseudo * Logistic.of(-logWorths[item]);
        }
        for (Ranking ranking : rankings.all()) {
            int[] items = ranking.bestFirst();
            double[] below = LuceLikelihood.suffixSums(Arrays.stream(items)
                    .mapToDouble(item -> Math.exp(logWorths[item]))
                    .toArray());
            double inverse = 0;
            for (int place = 0; place < items.length; place++) {
                if (place < ranking.ends().length && place < items.length - 1) {
                    inverse += ranking.weight() / below[place];
                    chosen[items[place]] += ranking.weight();
                }
                chances[items[place]] += inverse;
            }
        }
        double[] next = IntStream.range(0, logWorths.length)
                .mapToDouble(item -> Math.log(chosen[item] / chances[item]))
                .toArray();
        return pseudo > 0 ? next : centred(next, next.length);
    }

    private Fit fit(Rankings rankings, LuceLikelihood likelihood, double[] point, Optional<double[][]> inverse) {
        int items = rankings.items();
        SortedMap<Integer, Double> logTies = new TreeMap<>();
        int[] orders = likelihood.tieOrders();
        for (int order = 0; order < orders.length; order++) {
            logTies.put(orders[order], point[items + order]);
        }
        double value = likelihood.addTo(point, new double[point.length], new double[0][]);
        return new Fit(
                Arrays.copyOf(centred(point, items), items),
                logTies,
                value,
                inverse.map(covariance -> centred(covariance, items)));
    }

    private static double[] centred(double[] point, int items) {
        double mean = Arrays.stream(point, 0, items).sum() / items;
        return IntStream.range(0, point.length)
                .mapToDouble(i -> i < items ? point[i] - mean : point[i])
                .toArray();
    }

    /// The covariance once the mean of the first parameters is taken off them.
    private static double[][] centred(double[][] covariance, int items) {
        double[][] rows =
                Arrays.stream(covariance).map(row -> centred(row, items)).toArray(double[][]::new);
        for (int column = 0; column < rows.length; column++) {
            double mean = 0;
            for (int row = 0; row < items; row++) {
                mean += rows[row][column] / items;
            }
            for (int row = 0; row < items; row++) {
                rows[row][column] -= mean;
            }
        }
        return rows;
    }

    private static void add(double[] to, double[] vector, double times) {
        for (int i = 0; i < to.length; i++) {
            to[i] += times * vector[i];
        }
    }

    /// Who was ranked above whom, next to each other; a tie counts both ways.
    private record RankedAbove(int items, List<List<Integer>> above, List<List<Integer>> below) {
        static RankedAbove of(Rankings rankings) {
            var graph = new RankedAbove(rankings.items(), lists(rankings.items()), lists(rankings.items()));
            for (Ranking ranking : rankings.all()) {
                graph.add(ranking);
            }
            return graph;
        }

        private static List<List<Integer>> lists(int items) {
            return IntStream.range(0, items)
                    .<List<Integer>>mapToObj(_ -> new ArrayList<>())
                    .toList();
        }

        private void add(Ranking ranking) {
            int[] items = ranking.bestFirst();
            for (int group = 0; group < ranking.ends().length; group++) {
                int end = ranking.ends()[group];
                int next = group + 1 < ranking.ends().length ? ranking.ends()[group + 1] : items.length;
                for (int one = ranking.start(group); one < end; one++) {
                    for (int other = ranking.start(group); other < next; other++) {
                        if (one != other) {
                            below.get(items[one]).add(items[other]);
                            above.get(items[other]).add(items[one]);
                        }
                    }
                }
            }
        }

        /// Ford's condition (1957): of any two sets of items, each must have been ranked above the other at
        /// least once.
        Optional<Separated> separation() {
            if (reached(above) && reached(below)) {
                return Optional.empty();
            }
            List<Integer> unranked =
                    which(item -> above.get(item).isEmpty() && below.get(item).isEmpty());
            List<Integer> undefeated = which(item -> above.get(item).isEmpty() && !unranked.contains(item));
            List<Integer> winless = which(item -> below.get(item).isEmpty() && !unranked.contains(item));
            return Optional.of(new Separated(unranked, undefeated, winless, reason(unranked, undefeated, winless)));
        }

        private static String reason(List<Integer> unranked, List<Integer> undefeated, List<Integer> winless) {
            if (!unranked.isEmpty()) {
                return unranked.size() + " items were ranked with no other: rank them, leave them out, or set a prior";
            }
            if (!undefeated.isEmpty() || !winless.isEmpty()) {
                return undefeated.size() + " items were never ranked below another and " + winless.size()
                        + " never above, so that their worths have no end: rank more, or set a prior";
            }
            return "the items fall into sets of which one was never ranked above the other: rank items of both together,"
                    + " or set a prior";
        }

        private List<Integer> which(java.util.function.IntPredicate holds) {
            return IntStream.range(0, items).filter(holds).boxed().toList();
        }

        private boolean reached(List<List<Integer>> steps) {
            boolean[] seen = new boolean[items];
            List<Integer> open = new ArrayList<>(List.of(0));
            seen[0] = true;
            int count = 1;
            while (!open.isEmpty()) {
                for (int next : steps.get(open.removeLast())) {
                    if (!seen[next]) {
                        seen[next] = true;
                        count++;
                        open.add(next);
                    }
                }
            }
            return count == items;
        }
    }
}
