package dev.tiebreak.statistics.agreement;

/// Gwet's AC1, and with weights AC2: `p_e = Σ_ck w_ck · Σ_c π_c (1 − π_c) / (q (q − 1))`, chance agreement only
/// on labels that were guesses (Gwet 2008; 2014, ch. 5).
///
/// Unlike κ it stays near the raw agreement where one category holds nearly all labels; a constant column has AC1
/// = 1. The number q of categories is the declared one. Undefined where no item has two labels, or with one
/// category.
public final class GwetAc extends ChanceCorrected {

    private GwetAc(Weights weights) {
        super(weights);
    }

    public static GwetAc ac1() {
        return ac2(Weights.identity());
    }

    public static GwetAc ac2(Weights weights) {
        return new GwetAc(weights);
    }

    @Override
    double chance(double[] prevalence, double[][] weights) {
        double spread = 0;
        for (double share : prevalence) {
            spread += share * (1 - share);
        }
        return perSpread(weights) * spread;
    }

    @Override
    double[] chanceGradient(double[] prevalence, double[][] weights) {
        double[] gradient = new double[prevalence.length];
        for (int category = 0; category < gradient.length; category++) {
            gradient[category] = perSpread(weights) * (1 - 2 * prevalence[category]);
        }
        return gradient;
    }

    private static double perSpread(double[][] weights) {
        double q = weights.length;
        return q < 2 ? 0 : sum(weights) / (q * (q - 1));
    }
}
