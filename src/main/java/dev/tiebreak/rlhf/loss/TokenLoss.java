package dev.tiebreak.rlhf.loss;

import java.util.Arrays;

/// What a learnt token costs, as a function of its log-probability.
public enum TokenLoss {
    /// `−log p`, the negative log-likelihood.
    NLL("nll") {
        @Override
        public double value(double logProb) {
            return -logProb;
        }

        @Override
        public double slope(double logProb) {
            return -1;
        }
    },
    /// `−p·log p` where the weight p counts as a constant: a token that the model finds unlikely pulls less. Dynamic
    /// fine-tuning, Wu et al. 2025; as TRL's `SFTTrainer` computes it.
    DFT("dft") {
        @Override
        public double value(double logProb) {
            return -Math.exp(logProb) * logProb;
        }

        @Override
        public double slope(double logProb) {
            return -Math.exp(logProb);
        }
    };

    private final String setting;

    TokenLoss(String setting) {
        this.setting = setting;
    }

    /// Its name among the settings.
    public String setting() {
        return setting;
    }

    /// @param setting the [#setting] of one
    public static TokenLoss named(String setting) {
        return Arrays.stream(values())
                .filter(loss -> loss.setting.equals(setting))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no loss of tokens is called " + setting));
    }

    /// In nats.
    public abstract double value(double logProb);

    /// Derivative by the log-probability.
    public abstract double slope(double logProb);
}
