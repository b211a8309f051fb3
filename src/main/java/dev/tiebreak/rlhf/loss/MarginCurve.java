package dev.tiebreak.rlhf.loss;

/// A loss of one number x, the margin by which a policy prefers the chosen completion.
sealed interface MarginCurve {
    double value(double x);

    /// Derivative by x.
    double slope(double x);

    /// `−(1 − ε)·log σ(x) − ε·log σ(−x)`. With ε = 0 it is DPO (Rafailov et al. 2023, eq. 7); above, conservative DPO
    /// (Mitchell 2023), which rests at x = logit(1 − ε) instead of widening for ever.
    record Logistic(double labelSmoothing) implements MarginCurve {
        @Override
        public double value(double x) {
            return -(1 - labelSmoothing) * Sigmoid.log(x) - labelSmoothing * Sigmoid.log(-x);
        }

        @Override
        public double slope(double x) {
            return labelSmoothing - Sigmoid.of(-x);
        }
    }

    /// `[−(1 − ε)·log σ(x) + ε·log σ(−x)] / (1 − 2ε)`: unbiased when a share ε of labels is flipped.
    /// Chowdhury et al. 2024, eq. 12.
    record Robust(double labelSmoothing) implements MarginCurve {
        @Override
        public double value(double x) {
            return (-(1 - labelSmoothing) * Sigmoid.log(x) + labelSmoothing * Sigmoid.log(-x))
                    / (1 - 2 * labelSmoothing);
        }

        @Override
        public double slope(double x) {
            return (-(1 - labelSmoothing) * Sigmoid.of(-x) - labelSmoothing * Sigmoid.of(x)) / (1 - 2 * labelSmoothing);
        }
    }

    /// `max(0, 1 − x)`. Zhao et al. 2023 (SLiC-HF), with the reference taken in as in DPO.
    record Hinge() implements MarginCurve {
        @Override
        public double value(double x) {
            return Math.max(0, 1 - x);
        }

        @Override
        public double slope(double x) {
            return x < 1 ? -1 : 0;
        }
    }

    /// `q·[log q − log(1 − ε)] + (1 − q)·[log(1 − q) − log ε]` with q = σ(x): the reverse KL from the label's
    /// distribution. Ji et al. 2024 (EXO), eq. 16; ε must be above 0.
    record Exo(double labelSmoothing) implements MarginCurve {
        @Override
        public double value(double x) {
            double q = Sigmoid.of(x);
            return q * (Sigmoid.log(x) - Math.log1p(-labelSmoothing))
                    + Sigmoid.of(-x) * (Sigmoid.log(-x) - Math.log(labelSmoothing));
        }

        @Override
        public double slope(double x) {
            double restingPlace = Math.log1p(-labelSmoothing) - Math.log(labelSmoothing);
            return Sigmoid.of(x) * Sigmoid.of(-x) * (x - restingPlace);
        }
    }

    /// `(1 − m)·(−log σ(x)) + m·e^(−x)` with m = σ(x/τ). Lu et al. 2024 (DiscoPOP), eq. 5.
    record DiscoPop(double tau) implements MarginCurve {
        @Override
        public double value(double x) {
            double m = Sigmoid.of(x / tau);
            return (1 - m) * -Sigmoid.log(x) + m * Math.exp(-x);
        }

        @Override
        public double slope(double x) {
            double m = Sigmoid.of(x / tau);
            double bySlidingOver = m * (1 - m) / tau * (Sigmoid.log(x) + Math.exp(-x));
            return bySlidingOver - (1 - m) * Sigmoid.of(-x) - m * Math.exp(-x);
        }
    }
}
