package dev.tiebreak.statistics.agreement;

import java.util.Arrays;

/// How far two categories lie apart, squared, for Krippendorff's α (Krippendorff 2004, ch. 11.3).
public sealed interface Distance {

    /// The squared distances of all pairs of categories.
    ///
    /// @param marginals number of pairable labels in each category; only ordinal distance depends on them
    double[][] between(double[] marginals);

    /// 1 where two categories differ.
    record Nominal() implements Distance {
        @Override
        public double[][] between(double[] marginals) {
            return pairs(marginals.length, (_, _) -> 1);
        }
    }

    /// Categories in their order, as far apart as labels lie between them: `(Σ_{g=c..k} n_g − (n_c + n_k)/2)²`.
    record Ordinal() implements Distance {
        @Override
        public double[][] between(double[] marginals) {
            return pairs(marginals.length, (low, high) -> {
                double between = Arrays.stream(marginals, low, high + 1).sum();
                return square(between - (marginals[low] + marginals[high]) / 2);
            });
        }
    }

    /// `(x_c − x_k)²` for the declared value `x` of each category.
    record Interval(double... scale) implements Distance {
        @Override
        public double[][] between(double[] marginals) {
            requireValueForEach(marginals, scale);
            return pairs(scale.length, (low, high) -> square(scale[high] - scale[low]));
        }
    }

    /// `((x_c − x_k)/(x_c + x_k))²` for the declared value `x` of each category, none below 0.
    record Ratio(double... scale) implements Distance {
        public Ratio {
            if (Arrays.stream(scale).anyMatch(value -> value < 0)) {
                throw new IllegalArgumentException("a ratio scale has no negative values: " + Arrays.toString(scale));
            }
        }

        @Override
        public double[][] between(double[] marginals) {
            requireValueForEach(marginals, scale);
            return pairs(scale.length, (low, high) -> ofRatio(scale[low], scale[high]));
        }
    }

    /// `sin²(π (x_c − x_k) / (x_max − x_min + 1))`: a scale of whole steps whose ends meet, as hours of a day.
    record Circular(double... scale) implements Distance {
        @Override
        public double[][] between(double[] marginals) {
            requireValueForEach(marginals, scale);
            double circumference = highest(scale) - lowest(scale) + 1;
            return pairs(
                    scale.length,
                    (low, high) -> square(Math.sin(Math.PI * (scale[high] - scale[low]) / circumference)));
        }
    }

    /// `(x_c − x_k)² / ((x_c + x_k − 2 x_min)(2 x_max − x_c − x_k))`: a scale between two poles, on which
    /// differences near a pole count more.
    record Bipolar(double... scale) implements Distance {
        @Override
        public double[][] between(double[] marginals) {
            requireValueForEach(marginals, scale);
            double lowest = lowest(scale);
            double highest = highest(scale);
            return pairs(scale.length, (low, high) -> {
                double sum = scale[low] + scale[high];
                double difference = scale[high] - scale[low];
                return difference == 0 ? 0 : square(difference) / ((sum - 2 * lowest) * (2 * highest - sum));
            });
        }
    }

    /// Declared squared distances, such as those of label sets ([SetDistance]).
    ///
    /// @param squared `[categories, categories]`, symmetric, 0 on the diagonal, none below 0
    record Custom(double[][] squared) implements Distance {
        public Custom {
            for (int c = 0; c < squared.length; c++) {
                for (int k = 0; k < squared.length; k++) {
                    boolean right = squared[c].length == squared.length
                            && squared[c][k] == squared[k][c]
                            && squared[c][k] >= 0
                            && (c != k || squared[c][k] == 0);
                    if (!right) {
                        throw new IllegalArgumentException("distances are symmetric, 0 or more, and 0 to themselves;"
                                + " those of category " + (c + 1) + " are " + Arrays.toString(squared[c]));
                    }
                }
            }
        }

        @Override
        public double[][] between(double[] marginals) {
            requireValueForEach(marginals, squared[0]);
            return squared;
        }
    }

    private static double lowest(double[] scale) {
        return Arrays.stream(scale).min().orElse(0);
    }

    private static double highest(double[] scale) {
        return Arrays.stream(scale).max().orElse(0);
    }

    private static double[][] pairs(int categories, PairFunction distance) {
        double[][] matrix = new double[categories][categories];
        for (int low = 0; low < categories; low++) {
            for (int high = low + 1; high < categories; high++) {
                matrix[low][high] = distance.of(low, high);
                matrix[high][low] = matrix[low][high];
            }
        }
        return matrix;
    }

    private static void requireValueForEach(double[] marginals, double[] scale) {
        if (scale.length != marginals.length) {
            throw new IllegalArgumentException(
                    marginals.length + " categories need as many scale values, got " + Arrays.toString(scale));
        }
    }

    /// `((x − y)/(x + y))²`, 0 where both are 0.
    static double ofRatio(double x, double y) {
        return x == y ? 0 : square((x - y) / (x + y));
    }

    private static double square(double x) {
        return x * x;
    }

    /// A function of two different categories, the lower first.
    @FunctionalInterface
    interface PairFunction {
        double of(int low, int high);
    }
}
