package dev.tiebreak.statistics.agreement;

/// What chance-corrected coefficients see of the items: how much the labels of each agree, and which share of
/// labels each category has on an item's average.
///
/// @param items with at least one label
/// @param pairableItems with at least two
/// @param observed mean agreement `p_a` of the items with at least two labels; 0 where there are none
/// @param agreementOf of each pattern: `Σ_c r_c (Σ_k w_ck r_k − 1) / (r (r − 1))` of its counts r; 0 below two
///     labels
/// @param prevalence `π_c`, mean over all items with a label of the share that category c has on them
record ItemMoments(long items, long pairableItems, double observed, double[] agreementOf, double[] prevalence) {

    static ItemMoments of(CategoryCounts counts, double[][] weights) {
        double[] agreementOf = new double[counts.patterns()];
        double[] prevalence = new double[counts.categories()];
        long items = 0;
        long pairable = 0;
        double agreeing = 0;
        for (int pattern = 0; pattern < agreementOf.length; pattern++) {
            int labels = counts.labels(pattern);
            long times = counts.multiplicity(pattern);
            if (labels == 0 || times == 0) {
                continue;
            }
            items += times;
            for (int category = 0; category < prevalence.length; category++) {
                prevalence[category] += times * (double) counts.count(pattern, category) / labels;
            }
            if (labels >= 2) {
                pairable += times;
                agreementOf[pattern] = agreeingPairs(counts, pattern, weights) / (labels * (labels - 1.0));
                agreeing += times * agreementOf[pattern];
            }
        }
        for (int category = 0; category < prevalence.length; category++) {
            prevalence[category] /= Math.max(1, items);
        }
        return new ItemMoments(items, pairable, pairable == 0 ? 0 : agreeing / pairable, agreementOf, prevalence);
    }

    /// Ordered pairs of labels of one item, each as much as it agrees.
    static double agreeingPairs(CategoryCounts counts, int pattern, double[][] weights) {
        double agreeing = 0;
        for (int c = 0; c < weights.length; c++) {
            double count = counts.count(pattern, c);
            if (count > 0) {
                double with = -1;
                for (int k = 0; k < weights.length; k++) {
                    with += weights[c][k] * counts.count(pattern, k);
                }
                agreeing += count * with;
            }
        }
        return agreeing;
    }
}
