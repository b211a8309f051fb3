package dev.tiebreak.statistics.ranking;

import dev.tiebreak.statistics.ranking.Rankings.Ranking;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The log-likelihood of rankings under Plackett–Luce, or with ties under Davidson–Luce, with gradient and
/// information.
///
/// A ranking is a row of choices: from the items that remain, a group S is chosen with probability proportional
/// to `δ_|S| (Π_{i ∈ S} α_i)^{1/|S|}`, among all groups of sizes that occur in the data; `δ_1 = 1`. In
/// logarithms this is linear in the parameters, so that the information is the covariance of what is chosen,
/// and the function is concave.
final class LuceLikelihood {
    private final Rankings rankings;
    /// Sizes of groups that occur, 1 first.
    private final int[] sizes;

    LuceLikelihood(Rankings rankings) {
        this.rankings = rankings;
        sizes = rankings.all().stream()
                .flatMapToInt(ranking -> Arrays.stream(groupSizes(ranking)))
                .sorted()
                .distinct()
                .toArray();
    }

    private static int[] groupSizes(Ranking ranking) {
        int[] sizes = new int[ranking.ends().length + 1];
        for (int group = 0; group < ranking.ends().length; group++) {
            sizes[group] = ranking.size(group);
        }
        sizes[ranking.ends().length] = 1; // one item may always be chosen
        return sizes;
    }

    boolean hasTies() {
        return sizes.length > 1;
    }

    /// Sizes of ties that occur, ascending.
    int[] tieOrders() {
        return sizes.length == 0 ? sizes : Arrays.copyOfRange(sizes, 1, sizes.length);
    }

    /// One log-worth an item, then one log tie parameter for each of [#tieOrders].
    int parameters() {
        return rankings.items() + tieOrders().length;
    }

    /// @param gradient is added to
    /// @param information `[parameters, parameters]`, is added to; rows may be missing where it is not asked
    /// for
    double addTo(double[] parameters, double[] gradient, double[][] information) {
        double sum = 0;
        for (Ranking ranking : rankings.all()) {
            sum += hasTies()
                    ? tied(ranking, parameters, gradient, information)
                    : untied(ranking, parameters, gradient, information);
        }
        return sum;
    }

    /// Suffix sums of worths serve all choices of a ranking at once.
    private static double untied(Ranking ranking, double[] logWorths, double[] gradient, double[][] information) {
        int[] items = ranking.bestFirst();
        int choices = Math.min(ranking.ends().length, items.length - 1);
        double[] worths = relativeWorths(items, logWorths);
        double[] below = suffixSums(worths);
        double largest = largest(items, logWorths);
        double value = 0;
        double[] inverse = new double[items.length]; // Σ 1 / remaining worth, over the choices that had this item
        double[] squares = new double[items.length];
        for (int place = 0; place < items.length; place++) {
            inverse[place] = place == 0 ? 0 : inverse[place - 1];
            squares[place] = place == 0 ? 0 : squares[place - 1];
            if (place < choices) {
                inverse[place] += 1 / below[place];
                squares[place] += 1 / (below[place] * below[place]);
                value += logWorths[items[place]] - largest - Math.log(below[place]);
            }
            gradient[items[place]] += ranking.weight() * ((place < choices ? 1 : 0) - worths[place] * inverse[place]);
        }
        if (information.length > 0) {
            for (int one = 0; one < items.length; one++) {
                information[items[one]][items[one]] += ranking.weight() * worths[one] * inverse[one];
                for (int other = 0; other < items.length; other++) {
                    information[items[one]][items[other]] -=
                            ranking.weight() * worths[one] * worths[other] * squares[Math.min(one, other)];
                }
            }
        }
        return ranking.weight() * value;
    }

    static double[] suffixSums(double[] values) {
        double[] sums = values.clone();
        for (int place = sums.length - 2; place >= 0; place--) {
            sums[place] += sums[place + 1];
        }
        return sums;
    }

    private static double largest(int[] items, double[] logWorths) {
        return Arrays.stream(items).mapToDouble(item -> logWorths[item]).max().orElse(0);
    }

    private static double[] relativeWorths(int[] items, double[] logWorths) {
        double largest = largest(items, logWorths);
        return Arrays.stream(items)
                .mapToDouble(item -> Math.exp(logWorths[item] - largest))
                .toArray();
    }

    private double tied(Ranking ranking, double[] parameters, double[] gradient, double[][] information) {
        double value = 0;
        for (int group = 0; group < ranking.ends().length; group++) {
            if (ranking.remaining(group) > 1) {
                int[] remaining =
                        Arrays.copyOfRange(ranking.bestFirst(), ranking.start(group), ranking.bestFirst().length);
                value += ranking.weight()
                        * choice(ranking.size(group), remaining, ranking.weight(), parameters, gradient, information);
            }
        }
        return value;
    }

    /// @param chosen how many of the first of `remaining` were chosen together
    private double choice(
            int chosen,
            int[] remaining,
            double weight,
            double[] parameters,
            double[] gradient,
            double[][] information) {
        List<int[]> groups = groups(remaining);
        double[] logits =
                groups.stream().mapToDouble(group -> logit(group, parameters)).toArray();
        double largest = Arrays.stream(logits).max().orElse(0);
        double sum =
                Arrays.stream(logits).map(logit -> Math.exp(logit - largest)).sum();
        double[] mean = new double[parameters.length];
        for (int i = 0; i < logits.length; i++) {
            double probability = Math.exp(logits[i] - largest) / sum;
            int[] group = groups.get(i);
            addFeatures(group, probability, mean);
            if (information.length > 0) {
                addSquares(group, weight * probability, information);
            }
        }
        int[] taken = Arrays.copyOf(remaining, chosen);
        addFeatures(taken, weight, gradient);
        for (int i = 0; i < mean.length; i++) {
            gradient[i] -= weight * mean[i];
        }
        if (information.length > 0) {
            subtractSquare(mean, weight, information);
        }
        return logit(taken, parameters) - largest - Math.log(sum);
    }

    private double logit(int[] group, double[] parameters) {
        double sum = 0;
        for (int item : group) {
            sum += parameters[item];
        }
        return sum / group.length + (group.length == 1 ? 0 : parameters[tieParameter(group.length)]);
    }

    private int tieParameter(int size) {
        return rankings.items() + Arrays.binarySearch(sizes, size) - 1;
    }

    private void addFeatures(int[] group, double times, double[] to) {
        for (int item : group) {
            to[item] += times / group.length;
        }
        if (group.length > 1) {
            to[tieParameter(group.length)] += times;
        }
    }

    private void addSquares(int[] group, double times, double[][] to) {
        for (int item : group) {
            addFeatures(group, times / group.length, to[item]);
        }
        if (group.length > 1) {
            addFeatures(group, times, to[tieParameter(group.length)]);
        }
    }

    private static void subtractSquare(double[] vector, double times, double[][] from) {
        for (int row = 0; row < vector.length; row++) {
            if (vector[row] != 0) {
                for (int column = 0; column < vector.length; column++) {
                    from[row][column] -= times * vector[row] * vector[column];
                }
            }
        }
    }

    /// All groups that may be chosen: those of sizes that occur.
    private List<int[]> groups(int[] remaining) {
        List<int[]> groups = new ArrayList<>();
        for (int size : sizes) {
            addGroups(remaining, 0, new int[size], 0, groups);
        }
        return groups;
    }

    private static void addGroups(int[] items, int from, int[] group, int filled, List<int[]> to) {
        if (filled == group.length) {
            to.add(group.clone());
            return;
        }
        for (int i = from; i + group.length - filled <= items.length; i++) {
            group[filled] = items[i];
            addGroups(items, i + 1, group, filled + 1, to);
        }
    }
}
