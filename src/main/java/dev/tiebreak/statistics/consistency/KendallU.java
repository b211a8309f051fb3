package dev.tiebreak.statistics.consistency;

import java.util.Optional;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;

/// Kendall's coefficient of agreement on pairs (Kendall & Babington Smith 1940): `u = 2 Σ / (C(m, 2) C(n, 2)) −
/// 1`, where `Σ` counts the pairs of annotators who chose alike, over all pairs of items, m annotators judged
/// each pair once, and n items.
///
/// 1 where all choose alike; its minimum, where every pair is split evenly, is −1/(m − 1) for even m and −1/m
/// for odd. As R `eba::kendall.u`. Undefined where pairs were judged by different numbers of annotators, or by
/// one only.
public sealed interface KendallU {

    /// @param u the coefficient
    /// @param least `u` of an even split
    /// @param test of choices at random; empty with two annotators, where its degrees of freedom are infinite
    record Agreement(double u, double least, Optional<ChanceTest> test) implements KendallU {}

    /// `4 / (m − 2) · (Σ − ½ C(n, 2) C(m, 2) (m − 3) / (m − 2))`, about χ² where choices are random.
    ///
    /// @param chiSquared without continuity correction (`correct = FALSE`)
    /// @param corrected Σ less 1 (`correct = TRUE`, the default of R)
    /// @param degreesOfFreedom `C(n, 2) m (m − 1) / (m − 2)²`; rarely a whole number
    record ChanceTest(double chiSquared, double corrected, double degreesOfFreedom) {
        public double p() {
            return above(chiSquared);
        }

        public double correctedP() {
            return above(corrected);
        }

        private double above(double value) {
            return ChiSquaredDistribution.of(degreesOfFreedom).survivalProbability(Math.max(0, value));
        }
    }

    /// @param reason why there is no coefficient, as a person can act on it
    record Undefined(String reason) implements KendallU {}

    /// @param chosen `[n, n]`: how many annotators chose the row over the column
    static KendallU of(double[][] chosen) {
        var choices = new Choices(chosen);
        int n = choices.items();
        if (n < 2) {
            return new Undefined("agreement on pairs takes at least two items, there are " + n);
        }
        double m = choices.judged(0, 1);
        double alike = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                if (i != j) {
                    if (choices.judged(i, j) != m) {
                        return new Undefined(
                                "not all pairs were judged by the same number of annotators: let each judge"
                                        + " every pair once, or use Krippendorff's α");
                    }
                    alike += pairs(chosen[i][j]);
                }
            }
        }
        if (m < 2) {
            return new Undefined("agreement takes at least two annotators who judged every pair");
        }
        double most = pairs(m) * pairs(n);
        double least = m % 2 == 0 ? -1 / (m - 1) : -1 / m;
        return new Agreement(2 * alike / most - 1, least, test(alike, m, n));
    }

    private static Optional<ChanceTest> test(double alike, double m, double n) {
        if (m <= 2) {
            return Optional.empty();
        }
        double expected = pairs(n) * pairs(m) * (m - 3) / (2 * (m - 2));
        double scale = 4 / (m - 2);
        return Optional.of(new ChanceTest(
                scale * (alike - expected),
                scale * (alike - 1 - expected),
                pairs(n) * m * (m - 1) / ((m - 2) * (m - 2))));
    }

    private static double pairs(double of) {
        return of * (of - 1) / 2;
    }
}
