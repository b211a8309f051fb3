package dev.tiebreak.rlhf.loss;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/// Reward-model losses over K ranked completions of one prompt, which is one element of the batch: each completion is
/// scored once, and a prompt with many counts no more than a prompt with few.
public enum RankingLoss {
    /// The mean over all ordered pairs of `−log σ(s_better − s_worse)`; ties are passed over.
    /// Ouyang et al. 2022 (InstructGPT), eq. 1.
    K_WISE {
        @Override
        public Result of(double[] scores, int[] ranks) {
            double value = 0;
            double[] gradient = new double[scores.length];
            int pairs = 0;
            for (int i = 0; i < scores.length; i++) {
                for (int j = 0; j < scores.length; j++) {
                    if (ranks[i] < ranks[j]) {
                        double lead = scores[i] - scores[j];
                        value -= Sigmoid.log(lead);
                        gradient[i] -= Sigmoid.of(-lead);
                        gradient[j] += Sigmoid.of(-lead);
                        pairs++;
                    }
                }
            }
            return new Result(value, gradient).over(Math.max(1, pairs));
        }
    },
    /// The negative log-probability of the ranking when completions are drawn one after the other,
    /// `−Σᵢ [sᵢ − logsumexp(sᵢ … s_K)]`. Plackett 1975, Luce 1959; ranks must differ.
    PLACKETT_LUCE {
        @Override
        public Result of(double[] scores, int[] ranks) {
            int[] order = IntStream.range(0, scores.length)
                    .boxed()
                    .sorted(Comparator.comparingInt(i -> ranks[i]))
                    .mapToInt(Integer::intValue)
                    .toArray();
            double value = 0;
            double[] gradient = new double[scores.length];
            for (int first = 0; first < order.length - 1; first++) {
                double most = Double.NEGATIVE_INFINITY;
                for (int k = first; k < order.length; k++) {
                    most = Math.max(most, scores[order[k]]);
                }
                double total = 0;
                for (int k = first; k < order.length; k++) {
                    total += Math.exp(scores[order[k]] - most);
                }
                value += most + Math.log(total) - scores[order[first]];
                gradient[order[first]] -= 1;
                for (int k = first; k < order.length; k++) {
                    gradient[order[k]] += Math.exp(scores[order[k]] - most) / total;
                }
            }
            return new Result(value, gradient);
        }
    };

    /// @param value    of one prompt
    /// @param gradient by each completion's score `[K]`
    public record Result(double value, double[] gradient) {
        private Result over(int pairs) {
            return new Result(
                    value / pairs, Arrays.stream(gradient).map(g -> g / pairs).toArray());
        }
    }

    /// @param scores `[K]`
    /// @param ranks  `[K]`, 1 for the best; equal ranks are ties
    public abstract Result of(double[] scores, int[] ranks);
}
