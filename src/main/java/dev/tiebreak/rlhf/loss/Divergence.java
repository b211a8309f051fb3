package dev.tiebreak.rlhf.loss;

import java.util.List;

/// What pulls the policy towards the reference: an f-divergence, which turns a log-ratio r = log π/π_ref into the score
/// f′(eʳ) that the loss compares. Wang et al. 2023 (f-DPO); constants as in TRL, so that averaged scores agree too.
public sealed interface Divergence {
    /// Names that [#named] knows, as TRL writes them in `f_divergence_type`.
    List<String> NAMES = List.of("reverse_kl", "forward_kl", "js_divergence", "alpha_divergence");

    double score(double ratio);

    /// Derivative of the score by the log-ratio.
    double slope(double ratio);

    /// @param alpha α of `alpha_divergence`; at 1 it is `reverse_kl`
    /// @throws IllegalArgumentException when the name is unknown
    static Divergence named(String name, double alpha) {
        return switch (name) {
            case "reverse_kl" -> new ReverseKl();
            case "forward_kl" -> new ForwardKl();
            case "js_divergence" -> new JensenShannon();
            case "alpha_divergence" -> Math.abs(alpha - 1) < 1e-6 ? new ReverseKl() : new Alpha(alpha);
            default ->
                throw new IllegalArgumentException(
                        "f_divergence_type '" + name + "' is unknown; known are " + String.join(", ", NAMES));
        };
    }

    /// r: DPO's own.
    record ReverseKl() implements Divergence {
        @Override
        public double score(double ratio) {
            return ratio;
        }

        @Override
        public double slope(double ratio) {
            return 1;
        }
    }

    /// 1 − e^(−r)
    record ForwardKl() implements Divergence {
        @Override
        public double score(double ratio) {
            return -Math.expm1(-ratio);
        }

        @Override
        public double slope(double ratio) {
            return Math.exp(-ratio);
        }
    }

    /// log 2 + log σ(r)
    record JensenShannon() implements Divergence {
        @Override
        public double score(double ratio) {
            return Math.log(2) + Sigmoid.log(ratio);
        }

        @Override
        public double slope(double ratio) {
            return Sigmoid.of(-ratio);
        }
    }

    /// (e^((α−1)r) − 1) / (α − 1), the exponent at most 80, as TRL has it.
    record Alpha(double alpha) implements Divergence {
        private static final double LARGEST_EXPONENT = 80;

        @Override
        public double score(double ratio) {
            return Math.expm1(Math.min(LARGEST_EXPONENT, (alpha - 1) * ratio)) / (alpha - 1);
        }

        @Override
        public double slope(double ratio) {
            double exponent = (alpha - 1) * ratio;
            return exponent > LARGEST_EXPONENT ? 0 : Math.exp(exponent);
        }
    }
}
