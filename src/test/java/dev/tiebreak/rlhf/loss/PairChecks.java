package dev.tiebreak.rlhf.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.function.Function;

/// Finite differences for losses of pairs.
final class PairChecks {
    private PairChecks() {}

    /// The derivatives of the batch's sum, one log-probability moved at a time.
    static void derivativesAgree(Function<PairLogProbs, PairLosses> loss, PairLogProbs at) {
        PairLosses exact = loss.apply(at);
        double h = 1e-6;
        for (int i = 0; i < at.pairs(); i++) {
            double byChosen = (sum(loss, at, i, h, 0) - sum(loss, at, i, -h, 0)) / (2 * h);
            double byRejected = (sum(loss, at, i, 0, h) - sum(loss, at, i, 0, -h)) / (2 * h);
            assertThat(exact.byChosen()[i]).isCloseTo(byChosen, within(1e-6));
            assertThat(exact.byRejected()[i]).isCloseTo(byRejected, within(1e-6));
        }
    }

    private static double sum(
            Function<PairLogProbs, PairLosses> loss,
            PairLogProbs at,
            int pair,
            double chosenStep,
            double rejectedStep) {
        double[] chosen = at.chosen().clone();
        double[] rejected = at.rejected().clone();
        chosen[pair] += chosenStep;
        rejected[pair] += rejectedStep;
        PairLogProbs moved = new PairLogProbs(
                chosen,
                rejected,
                at.referenceChosen(),
                at.referenceRejected(),
                at.chosenLengths(),
                at.rejectedLengths(),
                at.margins());
        return Arrays.stream(loss.apply(moved).values()).sum();
    }
}
