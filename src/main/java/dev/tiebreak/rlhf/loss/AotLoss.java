package dev.tiebreak.rlhf.loss;

import java.util.Comparator;
import java.util.stream.IntStream;

/// Alignment via optimal transport: the logistic curve over differences of sorted batches, so that the distribution of
/// chosen completions leads that of rejected ones, not each chosen its own rejected.
///
/// Melnyk et al. 2024. Paired: x = β·(sort(S_w − S_l) − sort(S_w^ref − S_l^ref)); unpaired:
/// x = β·(sort(r_w) − sort(r_l)). The batch is one backward pass, as in TRL.
record AotLoss(MarginCurve curve, double beta, boolean paired) implements DpoLoss {

    @Override
    public PairLosses of(PairLogProbs pairs) {
        int n = pairs.pairs();
        double[] upper = new double[n];
        double[] lower = new double[n];
        for (int i = 0; i < n; i++) {
            upper[i] = paired ? pairs.chosen()[i] - pairs.rejected()[i] : pairs.chosenRatio(i);
            lower[i] = paired ? pairs.referenceChosen()[i] - pairs.referenceRejected()[i] : pairs.rejectedRatio(i);
        }
        int[] upperOrder = order(upper);
        int[] lowerOrder = order(lower);
        PairLosses losses = new PairLosses(n);
        for (int k = 0; k < n; k++) {
            int i = upperOrder[k];
            int j = lowerOrder[k];
            double x = beta * (upper[i] - lower[j]);
            double slope = beta * curve.slope(x);
            losses.values()[i] = curve.value(x);
            losses.byChosen()[i] = slope;
            losses.byRejected()[paired ? i : j] = -slope;
        }
        return losses;
    }

    private static int[] order(double[] values) {
        return IntStream.range(0, values.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> values[i]))
                .mapToInt(Integer::intValue)
                .toArray();
    }
}
