package dev.tiebreak.statistics.agreement;

import dev.tiebreak.statistics.Estimate;
import dev.tiebreak.statistics.TestResult;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.apache.commons.statistics.distribution.NormalDistribution;

/// Fleiss' κ: chance agreement is that of the pooled shares, `p_e = Σ_ck w_ck π_c π_k` (Fleiss 1971; numbers of
/// labels that vary, weights and standard error by Gwet 2014).
///
/// Of two annotators it is Scott's π ([ScottPi]). Undefined where no item has two labels, or where all labels are
/// of one category.
public final class FleissKappa extends ChanceCorrected {

    private FleissKappa(Weights weights) {
        super(weights);
    }

    public static FleissKappa unweighted() {
        return weighted(Weights.identity());
    }

    public static FleissKappa weighted(Weights weights) {
        return new FleissKappa(weights);
    }

    /// κ of one category against all others.
    public static Estimate ofCategory(CategoryCounts counts, int category, double confidence) {
        return unweighted().of(counts.versusRest(category), confidence);
    }

    @Override
    double chance(double[] prevalence, double[][] weights) {
        double chance = 0;
        for (int c = 0; c < prevalence.length; c++) {
            for (int k = 0; k < prevalence.length; k++) {
                chance += weights[c][k] * prevalence[c] * prevalence[k];
            }
        }
        return chance;
    }

    @Override
    double[] chanceGradient(double[] prevalence, double[][] weights) {
        double[] gradient = new double[prevalence.length];
        for (int c = 0; c < gradient.length; c++) {
            for (int k = 0; k < gradient.length; k++) {
                gradient[c] += (weights[c][k] + weights[k][c]) * prevalence[k];
            }
        }
        return gradient;
    }

    /// Is unweighted κ 0? The standard error under chance of Fleiss, Nee & Landis (1979), which is not that of
    /// the paper of 1971. With q = 1 − p and m labels on each of N items: `SE₀² = 2 ((Σ p q)² − Σ p q (q − p)) /
    /// (N m (m − 1) (Σ p q)²)`.
    ///
    /// The statistic is `z = κ / SE₀`, two-sided. Undefined where κ is, or where numbers of labels vary.
    public static TestResult againstChance(CategoryCounts counts) {
        Estimate kappa = unweighted().of(counts);
        if (kappa instanceof Estimate.Undefined(String reason)) {
            return new TestResult.Undefined(reason);
        }
        OptionalDouble standardError = standardErrorUnderChance(counts);
        if (standardError.isEmpty()) {
            return new TestResult.Undefined("the test against chance needs the same number of labels on every item;"
                    + " the interval of κ does not");
        }
        double z = kappa.point().orElseThrow() / standardError.getAsDouble();
        double p = Math.min(1, 2 * NormalDistribution.of(0, 1).survivalProbability(Math.abs(z)));
        return new TestResult.Tested(z, 0, p, "z with the standard error of Fleiss, Nee & Landis 1979");
    }

    /// `SE₀` of [#againstChance]; empty where numbers of labels vary or all are of one category.
    static OptionalDouble standardErrorUnderChance(CategoryCounts counts) {
        OptionalInt labels = labelsOfEveryItem(counts);
        double[] prevalence = ItemMoments.of(counts, Weights.identity().matrix(counts.categories()))
                .prevalence();
        double spread = 0;
        double skew = 0;
        for (double p : prevalence) {
            spread += p * (1 - p);
            skew += p * (1 - p) * (1 - 2 * p);
        }
        if (labels.isEmpty() || spread == 0) {
            return OptionalDouble.empty();
        }
        double m = labels.getAsInt();
        double variance = 2 * (spread * spread - skew) / (counts.items() * m * (m - 1) * spread * spread);
        return OptionalDouble.of(Math.sqrt(variance));
    }

    private static OptionalInt labelsOfEveryItem(CategoryCounts counts) {
        int labels = counts.labels(0);
        for (int pattern = 1; pattern < counts.patterns(); pattern++) {
            if (counts.labels(pattern) != labels) {
                return OptionalInt.empty();
            }
        }
        return OptionalInt.of(labels);
    }
}
