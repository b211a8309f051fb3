package dev.tiebreak.statistics.agreement;

import dev.tiebreak.statistics.Estimate;
import java.util.Arrays;
import java.util.function.Supplier;
import java.util.stream.DoubleStream;

/// Krippendorff's α ([KrippendorffAlpha]) of ratings with many distinct values, such as scores from 0 to 100: no
/// matrix of values is kept.
///
/// Interval distances take time in the ratings, from sums of squares; ordinal ones the same on mid-ranks, after a
/// sort; ratio distances take time in the square of the distinct values and are refused beyond 20,000 of them.
/// Intervals are as [AnalyticCoefficient] says. Undefined where no item has two ratings, or where all ratings are
/// equal.
public final class ContinuousAlpha {
    /// A quarter of a second's work; beyond it, ratings are better rounded.
    static final int MOST_RATIO_VALUES = 20_000;

    private ContinuousAlpha() {}

    /// @param items the ratings of each item, finite numbers, any number of them
    public static Estimate interval(double[][] items, double confidence) {
        double[][] pairable = pairable(items);
        return of(pairable, items, () -> ofSquares(pairable), confidence);
    }

    /// @param items the ratings of each item, finite numbers, any number of them
    public static Estimate ordinal(double[][] items, double confidence) {
        double[][] pairable = pairable(items);
        return of(pairable, items, () -> ofRanks(pairable), confidence);
    }

    /// @param items the ratings of each item, finite numbers from 0 up, any number of them
    public static Estimate ratio(double[][] items, double confidence) {
        double[][] pairable = pairable(items);
        double[] values = flat(pairable).distinct().sorted().toArray();
        if (values.length > 0 && values[0] < 0) {
            return new Estimate.Undefined("a ratio scale has no negative values");
        }
        if (values.length > MOST_RATIO_VALUES) {
            return new Estimate.Undefined(("ratio distances of %,d distinct values are too many (%,d at most): round"
                            + " the ratings, or take the interval level")
                    .formatted(values.length, MOST_RATIO_VALUES));
        }
        return of(pairable, items, () -> ofRatios(pairable, values), confidence);
    }

    private static double[][] pairable(double[][] items) {
        if (!flat(items).allMatch(Double::isFinite)) {
            throw new IllegalArgumentException("ratings are finite numbers; leave missing ones out");
        }
        return Arrays.stream(items).filter(item -> item.length >= 2).toArray(double[][]::new);
    }

    private static DoubleStream flat(double[][] items) {
        return Arrays.stream(items).flatMapToDouble(Arrays::stream);
    }

    /// As [KrippendorffAlpha] has them: `1 − α = A (n − 1) / B`.
    ///
    /// @param inA how A grows with one more of each item
    /// @param inB how B grows with one more of each item
    private record Sums(double a, double b, double[] inA, double[] inB) {}

    private static Estimate of(double[][] pairable, double[][] items, Supplier<Sums> distances, double confidence) {
        if (pairable.length == 0) {
            return new Estimate.Undefined(Reasons.noPairableItem(flat(items).count()));
        }
        double first = pairable[0][0];
        if (flat(pairable).allMatch(rating -> rating == first)) {
            return new Estimate.Undefined(Reasons.ONE_CATEGORY);
        }
        Sums sums = distances.get();
        double n = flat(pairable).count();
        double squares = 0;
        for (int item = 0; item < pairable.length; item++) {
            double added = (sums.inA[item] * n + sums.a * pairable[item].length - sums.a * n * sums.inB[item] / sums.b)
                    / sums.b;
            squares += added * added;
        }
        double variance = squares * pairable.length / Math.max(1, pairable.length - 1);
        return new Linearised(1 - sums.a * (n - 1) / sums.b, variance, pairable.length, pairable.length)
                .interval(confidence);
    }

    private static Sums ofSquares(double[][] items) {
        double n = flat(items).count();
        double mean = flat(items).sum() / n;
        double squares = flat(items).map(x -> (x - mean) * (x - mean)).sum();
        double a = 0;
        double[] inA = new double[items.length];
        double[] inB = new double[items.length];
        for (int item = 0; item < items.length; item++) {
            double labels = items[item].length;
            double itemMean = Arrays.stream(items[item]).sum() / labels;
            for (double x : items[item]) {
                inA[item] += 2 * labels * (x - itemMean) * (x - itemMean) / (labels - 1);
                inB[item] += 2 * (n * (x - mean) * (x - mean) + squares);
            }
            a += inA[item];
        }
        return new Sums(a, 2 * n * squares, inA, inB);
    }

    /// Squares of mid-ranks, and what an item adds by moving the ranks of others.
    private static Sums ofRanks(double[][] items) {
        double[] ranks = MidRanks.of(flat(items).toArray());
        double[][] ranked = new double[items.length][];
        double[] levers = new double[ranks.length];
        double middle = (ranks.length + 1) / 2.0;
        int next = 0;
        for (int item = 0; item < items.length; item++) {
            ranked[item] = Arrays.copyOfRange(ranks, next, next + items[item].length);
            double mean = Arrays.stream(ranked[item]).sum() / ranked[item].length;
            for (double rank : ranked[item]) {
                levers[next++] = 4 * ranked[item].length * (rank - mean) / (ranked[item].length - 1);
            }
        }
        Sums sums = ofSquares(ranked);
        double[] movedA = moved(levers, ranks);
        double[] movedB = moved(
                Arrays.stream(ranks)
                        .map(rank -> 4 * ranks.length * (rank - middle))
                        .toArray(),
                ranks);
        next = 0;
        for (int item = 0; item < items.length; item++) {
            for (int label = 0; label < items[item].length; label++, next++) {
                sums.inA[item] += movedA[next];
                sums.inB[item] += movedB[next];
            }
        }
        return sums;
    }

    /// Levers of the labels that rank above each, and half of those that tie with it.
    private static double[] moved(double[] levers, double[] ranks) {
        double[] atRank = new double[2 * ranks.length + 2]; // mid-ranks are halves
        for (int label = 0; label < ranks.length; label++) {
            atRank[(int) (2 * ranks[label])] += levers[label];
        }
        double[] above = new double[atRank.length];
        for (int rank = atRank.length - 2; rank >= 0; rank--) {
            above[rank] = above[rank + 1] + atRank[rank + 1];
        }
        double[] moved = new double[ranks.length];
        for (int label = 0; label < ranks.length; label++) {
            int rank = (int) (2 * ranks[label]);
            moved[label] = above[rank] + atRank[rank] / 2;
        }
        return moved;
    }

    /// @param values the distinct ones, ascending
    private static Sums ofRatios(double[][] items, double[] values) {
        long[] times = new long[values.length];
        flat(items).forEach(x -> times[Arrays.binarySearch(values, x)]++);
        double[] toAll = new double[values.length];
        double b = 0;
        for (int value = 0; value < values.length; value++) {
            for (int other = 0; other < values.length; other++) {
                toAll[value] += times[other] * Distance.ofRatio(values[value], values[other]);
            }
            b += times[value] * toAll[value];
        }
        double a = 0;
        double[] inA = new double[items.length];
        double[] inB = new double[items.length];
        for (int item = 0; item < items.length; item++) {
            for (double x : items[item]) {
                inB[item] += 2 * toAll[Arrays.binarySearch(values, x)];
                for (double y : items[item]) {
                    inA[item] += Distance.ofRatio(x, y) / (items[item].length - 1);
                }
            }
            a += inA[item];
        }
        return new Sums(a, b, inA, inB);
    }
}
