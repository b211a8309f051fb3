package dev.tiebreak.statistics.agreement;

/// Agreement beyond that of annotators who choose every declared category equally often: `p_e = Σ_ck w_ck / q²`,
/// which is `1/q` without weights (Brennan & Prediger 1981; weights and standard error by Gwet 2014).
///
/// Of two annotators it is Bennett's S (Bennett, Alpert & Goldstein 1954), of several Randolph's free-marginal κ
/// (Randolph 2005). The number q of categories is the declared one. Undefined where no item has two labels.
public final class BrennanPrediger extends ChanceCorrected {

    private BrennanPrediger(Weights weights) {
        super(weights);
    }

    public static BrennanPrediger unweighted() {
        return weighted(Weights.identity());
    }

    public static BrennanPrediger weighted(Weights weights) {
        return new BrennanPrediger(weights);
    }

    @Override
    double chance(double[] prevalence, double[][] weights) {
        return sum(weights) / ((double) weights.length * weights.length);
    }

    @Override
    double[] chanceGradient(double[] prevalence, double[][] weights) {
        return new double[prevalence.length]; // chance does not depend on what was chosen
    }
}
