package dev.tiebreak.statistics.ranking;

import java.util.Arrays;
import java.util.stream.IntStream;

/// The penalised log likelihood of strengths, effects and the tie parameter, with its first and second derivatives.
///
/// Parameters stand in this order: log strengths of the items, effects, and the tie parameter's logarithm where the
/// tie model has one. Groups are split in blocks whose number depends on the data alone, and the sums of blocks are
/// added in their order: results are the same to the last bit on any number of threads.
final class Likelihood {
    private static final int GROUPS_A_BLOCK = 1 << 15;
    private static final int MOST_BLOCKS = 16;

    final Groups groups;
    final TieModel ties;
    final Prior prior;
    /// Whether the tie parameter is estimated: a model that has one, and data with ties.
    final boolean tieParameter;
    final int parameters;
    /// Blocks of left items.
    private final int[] blocks;

    /// Second derivatives of each group by its difference, and by difference and tie; of all by tie.
    private final double[] byDifference;
    private final double[] mixed;
    private double byTie;
    private final double[] curvature;

    Likelihood(Groups groups, TieModel ties, Prior prior) {
        this.groups = groups;
        this.ties = ties;
        this.prior = prior;
        tieParameter = ties.hasParameter() && groups.hasTies();
        parameters = groups.items + groups.extras + (tieParameter ? 1 : 0);
        byDifference = new double[groups.groups];
        mixed = new double[tieParameter ? groups.groups : 0];
        curvature = new double[groups.items];
        blocks = blocks(groups);
    }

    private static int[] blocks(Groups groups) {
        int count = Math.clamp(groups.groups / GROUPS_A_BLOCK, 1, MOST_BLOCKS);
        int[] blocks = new int[count + 1];
        int item = 0;
        for (int block = 1; block < count; block++) {
            long target = (long) groups.groups * block / count;
            while (item < groups.items && groups.starts[item] < target) {
                item++;
            }
            blocks[block] = item;
        }
        blocks[count] = groups.items;
        return blocks;
    }

    /// The tie parameter's logarithm; no ties without one: `ν = 0`, `θ = 1`.
    double eta(double[] parameters) {
        if (tieParameter) {
            return parameters[this.parameters - 1];
        }
        return ties == TieModel.RAO_KUPPER ? 0 : Double.NEGATIVE_INFINITY;
    }

    private interface Block {
        void add(int fromItem, int toItem, double[] sums);
    }

    private double[] sums(int length, Block block) {
        if (blocks.length == 2) {
            double[] sums = new double[length];
            block.add(0, groups.items, sums);
            return sums;
        }
        double[][] parts = new double[blocks.length - 1][];
        IntStream.range(0, parts.length).parallel().forEach(part -> {
            double[] sums = new double[length];
            block.add(blocks[part], blocks[part + 1], sums);
            parts[part] = sums;
        });
        for (int part = 1; part < parts.length; part++) {
            for (int i = 0; i < length; i++) {
                parts[0][i] += parts[part][i];
            }
        }
        return parts[0];
    }

    /// The gradient; second derivatives at the same place are kept for [#times] and [#dense].
    double[] gradient(double[] at) {
        double eta = eta(at);
        double[] sums = sums(parameters + 1, (from, to, into) -> gradient(at, eta, from, to, into));
        byTie = sums[parameters];
        double[] gradient = Arrays.copyOf(sums, parameters);
        for (int item = 0; item < groups.items; item++) {
            gradient[item] += prior.gradient(at[item]);
            curvature[item] = prior.curvature(at[item]);
        }
        return gradient;
    }

    private void gradient(double[] at, double eta, int from, int to, double[] into) {
        TieModel.Terms terms = new TieModel.Terms();
        for (int left = from; left < to; left++) {
            double ofLeft = 0;
            for (int group = groups.starts[left]; group < groups.starts[left + 1]; group++) {
                int right = groups.right[group];
                double d = at[left] - at[right] + groups.shift(group, at);
                ties.terms(d, eta, groups.wins(group), groups.losses(group), groups.ties(group), terms);
                ofLeft += terms.byDifference;
                into[right] -= terms.byDifference;
                byDifference[group] = terms.difference;
                for (int k = group * groups.perGroup; k < (group + 1) * groups.perGroup; k++) {
                    into[groups.items + groups.extra[k]] += groups.value[k] * terms.byDifference;
                }
                if (tieParameter) {
                    mixed[group] = terms.mixed;
                    into[parameters - 1] += terms.byTie;
                    into[parameters] += terms.tie;
                }
            }
            into[left] += ofLeft;
        }
    }

    /// Minus the matrix of second derivatives, times a vector.
    double[] times(double[] vector) {
        double[] product = sums(parameters, (from, to, into) -> times(vector, from, to, into));
        for (int item = 0; item < groups.items; item++) {
            product[item] += curvature[item] * vector[item];
        }
        if (tieParameter) {
            product[parameters - 1] += byTie * vector[parameters - 1];
        }
        return product;
    }

    private void times(double[] vector, int from, int to, double[] into) {
        double tie = tieParameter ? vector[parameters - 1] : 0;
        for (int left = from; left < to; left++) {
            double ofLeft = 0;
            for (int group = groups.starts[left]; group < groups.starts[left + 1]; group++) {
                int right = groups.right[group];
                double difference = vector[left] - vector[right] + groups.shift(group, vector);
                double change = byDifference[group] * difference;
                if (tieParameter) {
                    change += mixed[group] * tie;
                    into[parameters - 1] += mixed[group] * difference;
                }
                ofLeft += change;
                into[right] -= change;
                for (int k = group * groups.perGroup; k < (group + 1) * groups.perGroup; k++) {
                    into[groups.items + groups.extra[k]] += groups.value[k] * change;
                }
            }
            into[left] += ofLeft;
        }
    }

    /// The diagonal of minus the matrix of second derivatives.
    double[] diagonal() {
        double[] diagonal = sums(parameters, (from, to, into) -> {
            for (int left = from; left < to; left++) {
                for (int group = groups.starts[left]; group < groups.starts[left + 1]; group++) {
                    into[left] += byDifference[group];
                    into[groups.right[group]] += byDifference[group];
                    for (int k = group * groups.perGroup; k < (group + 1) * groups.perGroup; k++) {
                        into[groups.items + groups.extra[k]] += groups.value[k] * groups.value[k] * byDifference[group];
                    }
                }
            }
        });
        for (int item = 0; item < groups.items; item++) {
            diagonal[item] += curvature[item];
        }
        if (tieParameter) {
            diagonal[parameters - 1] += byTie;
        }
        return diagonal;
    }

    /// Minus the matrix of second derivatives, `[parameters, parameters]`, its lower triangle filled.
    double[][] dense() {
        double[][] matrix = new double[parameters][parameters];
        int[] index = new int[groups.perGroup + 3];
        double[] factor = new double[groups.perGroup + 3];
        for (int left = 0; left < groups.items; left++) {
            for (int group = groups.starts[left]; group < groups.starts[left + 1]; group++) {
                int terms = design(left, group, index, factor);
                for (int a = 0; a < terms; a++) {
                    for (int b = 0; b < terms; b++) {
                        if (index[b] <= index[a]) {
                            matrix[index[a]][index[b]] += byDifference[group] * factor[a] * factor[b];
                        }
                    }
                    if (tieParameter) {
                        matrix[parameters - 1][index[a]] += mixed[group] * factor[a];
                    }
                }
            }
            matrix[left][left] += curvature[left];
        }
        if (tieParameter) {
            matrix[parameters - 1][parameters - 1] += byTie;
        }
        return matrix;
    }

    /// Which parameters make a group's difference, and with which factor.
    int design(int left, int group, int[] index, double[] factor) {
        index[0] = left;
        factor[0] = 1;
        index[1] = groups.right[group];
        factor[1] = -1;
        for (int k = 0; k < groups.perGroup; k++) {
            index[2 + k] = groups.items + groups.extra[group * groups.perGroup + k];
            factor[2 + k] = groups.value[group * groups.perGroup + k];
        }
        return 2 + groups.perGroup;
    }

    /// Without the prior.
    double logLikelihood(double[] at) {
        double eta = eta(at);
        return sums(1, (from, to, into) -> {
            double sum = 0;
            for (int left = from; left < to; left++) {
                for (int group = groups.starts[left]; group < groups.starts[left + 1]; group++) {
                    double d = at[left] - at[groups.right[group]] + groups.shift(group, at);
                    sum += ties.logLikelihood(d, eta, groups.wins(group), groups.losses(group), groups.ties(group));
                }
            }
            into[0] += sum;
        })[0];
    }

    /// Of a model with a probability of its own for every outcome of every group; half wins are counted as wins.
    double saturatedLogLikelihood() {
        return sums(1, (from, to, into) -> {
            for (int group = groups.starts[from]; group < groups.starts[to]; group++) {
                double half = ties.hasParameter() ? 0 : groups.ties(group) / 2;
                double tie = ties.hasParameter() ? groups.ties(group) : 0;
                double win = groups.wins(group) + half;
                double loss = groups.losses(group) + half;
                double n = win + loss + tie;
                into[0] += share(win, n) + share(loss, n) + share(tie, n);
            }
        })[0];
    }

    private static double share(double count, double of) {
        return count == 0 ? 0 : count * Math.log(count / of);
    }

    /// How much weight each parameter's gradient is a sum of: what "zero" is relative to.
    double[] scale() {
        return sums(parameters, (from, to, into) -> {
            for (int left = from; left < to; left++) {
                for (int group = groups.starts[left]; group < groups.starts[left + 1]; group++) {
                    double n = groups.wins(group) + groups.losses(group) + groups.ties(group);
                    into[left] += n;
                    into[groups.right[group]] += n;
                    for (int k = group * groups.perGroup; k < (group + 1) * groups.perGroup; k++) {
                        into[groups.items + groups.extra[k]] += n * Math.abs(groups.value[k]);
                    }
                    if (tieParameter) {
                        into[parameters - 1] += n;
                    }
                }
            }
        });
    }
}
