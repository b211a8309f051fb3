package dev.tiebreak.rlhf.trainer;

import dev.tiebreak.rlhf.data.Example;
import dev.tiebreak.rlhf.data.PreferenceExample;
import dev.tiebreak.rlhf.loss.PairLogProbs;
import dev.tiebreak.rlhf.loss.PairLosses;
import dev.tiebreak.rlhf.model.LanguageModel;
import dev.tiebreak.rlhf.model.PackedSequences;
import dev.tiebreak.rlhf.model.TokenScores;
import dev.tiebreak.rlhf.model.TrunkPass;
import dev.tiebreak.rlhf.torch.TensorScope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/// One pass of B preference pairs through a policy, all in one pack: first the chosen, then the rejected sequences.
/// Knows the log-probabilities of their completions, and the way back from losses to the weights.
final class PairForward {
    private final LanguageModel model;
    private final List<PreferenceExample> batch;
    private final PackedSequences packed;
    private final CompletionTokens tokens;
    private final TrunkPass pass;
    private final TokenScores scores;
    private final double tailWeight;
    private final int[] before;

    /// @param tailWeight     what tokens beyond the shorter completion's length count in the sums (LD-DPO, Liu et al.
    ///                       2024); 1 for as much as the others
    /// @param promptsToo     whether the chosen sequences' prompts are predicted too; they count in the negative
    ///                       log-likelihood only
    /// @param weighted       whether [#weights] will be asked for
    PairForward(
            LanguageModel model,
            TensorScope scope,
            List<PreferenceExample> batch,
            double tailWeight,
            boolean promptsToo,
            boolean weighted) {
        this.model = model;
        this.batch = batch;
        this.packed = packed(batch);
        IntStream chosenPrompts = batch.stream().mapToInt(row -> promptsToo ? 0 : row.prompt().length);
        IntStream rejectedPrompts = batch.stream().mapToInt(row -> row.prompt().length);
        this.tokens = CompletionTokens.of(
                packed, IntStream.concat(chosenPrompts, rejectedPrompts).toArray());
        this.pass = model.trunk(scope, packed, tokens.places());
        this.scores = model.logProbs(scope, pass, tokens.targets(), weighted);
        this.tailWeight = tailWeight;
        this.before = IntStream.range(0, packed.count())
                .map(s -> promptsToo && s < pairs() ? Math.max(0, batch.get(s).prompt().length - 1) : 0)
                .toArray();
    }

    PairForward(LanguageModel model, TensorScope scope, List<PreferenceExample> batch) {
        this(model, scope, batch, 1, false, false);
    }

    /// First all chosen, then all rejected sequences; the rejected ones share their prompts with the chosen.
    static PackedSequences packed(List<PreferenceExample> batch) {
        List<int[]> sequences = new ArrayList<>();
        batch.forEach(row -> sequences.add(Example.joined(row.prompt(), row.chosen())));
        batch.forEach(row -> sequences.add(Example.joined(row.prompt(), row.rejected())));
        int pairs = batch.size();
        return PackedSequences.of(
                sequences,
                IntStream.range(0, 2 * pairs).map(s -> s % pairs).toArray(),
                IntStream.range(0, 2 * pairs)
                        .map(s -> s < pairs ? 0 : batch.get(s - pairs).prompt().length)
                        .toArray());
    }

    static List<PreferenceExample> pick(List<PreferenceExample> examples, int[] rows) {
        return Arrays.stream(rows).mapToObj(examples::get).toList();
    }

    /// Tokens over which the negative log-likelihood of some rows goes, before they were sent through.
    static double chosenTokens(List<PreferenceExample> examples, int[] rows, boolean promptsToo) {
        double tokens = 0;
        for (int row : rows) {
            PreferenceExample example = examples.get(row);
            boolean firstIsPredicted = !promptsToo && example.prompt().length > 0;
            tokens += (promptsToo ? example.prompt().length : 0) + example.chosen().length - (firstIsPredicted ? 0 : 1);
        }
        return tokens;
    }

    int pairs() {
        return batch.size();
    }

    /// Tokens of all sequences.
    long size() {
        return packed.size();
    }

    /// Summed log-probabilities: of the B chosen completions, then of the B rejected ones.
    double[] sums() {
        double[] sums = new double[packed.count()];
        int n = 0;
        for (int s = 0; s < sums.length; s++) {
            for (int i = 0; i < tokens.counts()[s]; i++, n++) {
                sums[s] += share(s, i) * scores.logProbs()[n];
            }
        }
        return sums;
    }

    /// What the i-th predicted token of a sequence counts in its completion's sum.
    private double share(int sequence, int i) {
        int inCompletion = i - before[sequence];
        if (inCompletion < 0) {
            return 0;
        }
        int partner = (sequence + pairs()) % packed.count();
        return inCompletion < Math.min(length(sequence), length(partner)) ? 1 : tailWeight;
    }

    /// Predicted tokens of a sequence's completion.
    int length(int sequence) {
        return tokens.counts()[sequence] - before[sequence];
    }

    /// @param referenceChosen   `[B]`
    /// @param referenceRejected `[B]`
    PairLogProbs logProbs(double[] referenceChosen, double[] referenceRejected) {
        double[] sums = sums();
        return new PairLogProbs(
                Arrays.copyOf(sums, pairs()),
                Arrays.copyOfRange(sums, pairs(), sums.length),
                referenceChosen,
                referenceRejected,
                IntStream.range(0, pairs()).map(this::length).toArray(),
                IntStream.range(pairs(), packed.count()).map(this::length).toArray(),
                batch.stream().mapToDouble(row -> row.margin().orElse(0)).toArray());
    }

    /// Without a reference.
    PairLogProbs logProbs() {
        return logProbs(new double[pairs()], new double[pairs()]);
    }

    /// How likely the policy finds each pair, `[B]`: the product of both completions' e^(mean of log p − log Σ p²).
    /// Zhou et al. 2024 (WPO), eq. 2 with the sampled alignment.
    double[] weights() {
        double[] means = new double[packed.count()];
        int n = 0;
        for (int s = 0; s < means.length; s++) {
            for (int i = 0; i < tokens.counts()[s]; i++, n++) {
                means[s] += ((double) scores.logProbs()[n] - scores.collisions()[n]) / tokens.counts()[s];
            }
        }
        return IntStream.range(0, pairs())
                .mapToDouble(i -> Math.exp(means[i] + means[pairs() + i]))
                .toArray();
    }

    /// Predicted tokens of the chosen sequences, over which the negative log-likelihood goes.
    int chosenTokens() {
        return IntStream.of(tokens.counts()).limit(pairs()).sum();
    }

    /// Negative log-probability of those tokens, summed.
    double negativeLogLikelihood() {
        double sum = 0;
        for (int n = 0; n < chosenTokens(); n++) {
            sum -= scores.logProbs()[n];
        }
        return sum;
    }

    /// Sends the gradient of Σ losses · `lossShare` + negative log-likelihood · `likelihoodShare` back into the
    /// weights.
    void backpropagate(TensorScope scope, PairLosses losses, double lossShare, double likelihoodShare) {
        float[] gradient = new float[tokens.targets().length];
        int n = 0;
        for (int s = 0; s < packed.count(); s++) {
            boolean isChosen = s < pairs();
            double bySum = lossShare * (isChosen ? losses.byChosen()[s] : losses.byRejected()[s - pairs()]);
            for (int i = 0; i < tokens.counts()[s]; i++, n++) {
                gradient[n] = (float) (share(s, i) * bySum - (isChosen ? likelihoodShare : 0));
            }
        }
        model.backpropagate(scope, pass, tokens.targets(), gradient);
    }

    /// Counts what every method of pairs logs.
    ///
    /// @param chosenReward   of the i-th pair
    /// @param rejectedReward of the i-th pair
    void count(
            PairLogProbs logProbs, IntToDoubleFunction chosenReward, IntToDoubleFunction rejectedReward, Tally tally) {
        for (int i = 0; i < pairs(); i++) {
            double chosen = chosenReward.applyAsDouble(i);
            double rejected = rejectedReward.applyAsDouble(i);
            double right = chosen > rejected ? 1 : 0;
            int chosenLength = logProbs.chosenLengths()[i];
            int rejectedLength = logProbs.rejectedLengths()[i];
            tally.add("rewards/chosen", chosen);
            tally.add("rewards/rejected", rejected);
            tally.add("rewards/accuracies", right);
            tally.add("rewards/margins", chosen - rejected);
            if (10 * Math.abs(chosenLength - rejectedLength) <= Math.max(chosenLength, rejectedLength)) {
                tally.add("rewards/accuracies_length_matched", right);
            }
            tally.add("completions/chosen_length", chosenLength);
            tally.add("completions/rejected_length", rejectedLength);
            tally.add("completions/chosen_longer", chosenLength > rejectedLength ? 1 : 0);
        }
        countTokens(tally);
    }

    private void countTokens(Tally tally) {
        int n = 0;
        for (int s = 0; s < packed.count(); s++) {
            for (int i = 0; i < tokens.counts()[s]; i++, n++) {
                if (i < before[s]) {
                    continue;
                }
                tally.add(s < pairs() ? "logits/chosen" : "logits/rejected", scores.meanLogits()[n]);
                tally.add("entropy", scores.entropies()[n]);
                if (s < pairs()) { // as TRL has it
                    tally.add("mean_token_accuracy", scores.right()[n]);
                }
            }
        }
    }
}
