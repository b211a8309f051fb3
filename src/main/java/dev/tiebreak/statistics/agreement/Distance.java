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

    /// Categories in their order, as far apart as labels lie between them:
    /// `(Σ_{g=c..k} n_g − (n_c + n_k)/2)²`.
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
            return pairs(scale.length, (low, high) -> square((scale[high] - scale[low]) / (scale[high] + scale[low])));
        }
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

    private static double square(double x) {
        return x * x;
    }

    /// A function of two different categories, the lower first.
    @FunctionalInterface
    interface PairFunction {
        double of(int low, int high);
    }
}
