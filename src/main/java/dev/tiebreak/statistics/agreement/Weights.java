package dev.tiebreak.statistics.agreement;

import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;

/// How much two categories count as agreeing: 1 for the same, less the further they lie apart (Cohen 1968; Gwet
/// 2014, ch. 3).
///
/// Weights are of the declared values of a scale, never of the levels that happen to be used: a level nobody
/// chose still lies between its neighbours.
@FunctionalInterface
public interface Weights {

    /// `[categories, categories]`, symmetric unless declared otherwise, 1 on the diagonal.
    double[][] matrix(int categories);

    /// Only the same category agrees.
    static Weights identity() {
        return categories -> matrix(categories, (c, k) -> c == k ? 1 : 0);
    }

    /// `1 − |x_c − x_k| / (x_max − x_min)` (Cicchetti & Allison 1971).
    ///
    /// @param scale the declared value of each category
    static Weights linear(double... scale) {
        return nearness(scale, (x, y) -> Math.abs(x - y));
    }

    /// `1 − (x_c − x_k)² / (x_max − x_min)²` (Fleiss & Cohen 1973).
    ///
    /// @param scale the declared value of each category
    static Weights quadratic(double... scale) {
        return nearness(scale, (x, y) -> (x - y) * (x - y));
    }

    /// `1 − √|x_c − x_k| / √(x_max − x_min)` (Gwet 2014).
    static Weights radical(double... scale) {
        return nearness(scale, (x, y) -> Math.sqrt(Math.abs(x - y)));
    }

    /// `1 − d_ck / d_max` with `d_ck = ((x_c − x_k)/(x_c + x_k))²` (Gwet 2014).
    ///
    /// @param scale the declared value of each category, from 0 up
    static Weights ratio(double... scale) {
        return nearness(scale, (x, y) -> x == y ? 0 : (x - y) / (x + y) * ((x - y) / (x + y)));
    }

    /// `1 − C(|c − k| + 1, 2) / C(q, 2)`: the share of ordered pairs that do not lie between two levels (Gwet
    /// 2014). Categories are levels, the lowest first.
    static Weights ordinal() {
        return categories -> ofDisagreement(matrix(categories, (c, k) -> Math.abs(c - k) * (Math.abs(c - k) + 1) / 2))
                .matrix(categories);
    }

    /// Squared sines of angles: the scale closes to a circle, as hours do (Krippendorff 2004, ch. 11.3.6).
    static Weights circular(double... scale) {
        return ofDisagreement(new Distance.Circular(scale).between(new double[scale.length]));
    }

    /// Differences near either end count more than in the middle (Krippendorff 2004, ch. 11.3.6).
    static Weights bipolar(double... scale) {
        return ofDisagreement(new Distance.Bipolar(scale).between(new double[scale.length]));
    }

    /// @param agreement `[categories, categories]`, 1 for full agreement
    static Weights ofAgreement(double[][] agreement) {
        return categories -> {
            require(categories, agreement.length);
            return agreement;
        };
    }

    /// `1 − d_ck / d_max`; Cohen 1968 states his weights so. All zero but for the diagonal is no scale.
    ///
    /// @param disagreement `[categories, categories]`, 0 or more, 0 on the diagonal
    static Weights ofDisagreement(double[][] disagreement) {
        double most = Arrays.stream(disagreement)
                .flatMapToDouble(Arrays::stream)
                .max()
                .orElse(0);
        return categories -> {
            require(categories, disagreement.length);
            return matrix(categories, (c, k) -> c == k || most == 0 ? 1 : 1 - disagreement[c][k] / most);
        };
    }

    private static Weights nearness(double[] scale, DoubleBinaryOperator distance) {
        return ofDisagreement(matrix(scale.length, (c, k) -> distance.applyAsDouble(scale[c], scale[k])));
    }

    private static void require(int categories, int given) {
        if (categories != given) {
            throw new IllegalArgumentException(categories + " categories need as many weights, got " + given);
        }
    }

    private static double[][] matrix(int categories, Cell cell) {
        double[][] matrix = new double[categories][categories];
        for (int c = 0; c < categories; c++) {
            for (int k = 0; k < categories; k++) {
                matrix[c][k] = cell.of(c, k);
            }
        }
        return matrix;
    }

    /// A function of two categories.
    @FunctionalInterface
    interface Cell {
        double of(int c, int k);
    }
}
