package dev.tiebreak.rlhf.loss;

/// Losses that judge both completions' implicit rewards β·log π/π_ref for themselves: no pair is needed to define them.
record SeparateLoss(Kind kind, double beta) implements DpoLoss {
    enum Kind {
        /// Noise-contrastive alignment, `−log σ(u) − ½·log σ(−u) − ½·log σ(−v)`. Chen et al. 2024.
        NCA,
        /// Binary classifier, `−log σ(u) − log σ(−v)`. Jung et al. 2024 (BCO), without its shift by a running mean.
        BCO,
        /// Self-play, `(u/β − 1/(2β))² + (v/β + 1/(2β))²`. Wu et al. 2024 (SPPO), with hard labels.
        SPPO,
        /// Anchored preference optimization, `1 − σ(u) + σ(v)`: chosen up, rejected down.
        /// D'Oosterlinck et al. 2024, eq. 7.
        APO_ZERO
    }

    @Override
    public PairLosses of(PairLogProbs pairs) {
        PairLosses losses = new PairLosses(pairs.pairs());
        for (int i = 0; i < pairs.pairs(); i++) {
            double u = beta * pairs.chosenRatio(i);
            double v = beta * pairs.rejectedRatio(i);
            losses.set(i, chosen(u) + rejected(v), beta * chosenSlope(u), beta * rejectedSlope(v));
        }
        return losses;
    }

    private double chosen(double u) {
        return switch (kind) {
            case NCA -> -Sigmoid.log(u) - 0.5 * Sigmoid.log(-u);
            case BCO -> -Sigmoid.log(u);
            case SPPO -> square((u - 0.5) / beta);
            case APO_ZERO -> Sigmoid.of(-u);
        };
    }

    private double chosenSlope(double u) {
        return switch (kind) {
            case NCA -> 0.5 * Sigmoid.of(u) - Sigmoid.of(-u);
            case BCO -> -Sigmoid.of(-u);
            case SPPO -> 2 * (u - 0.5) / (beta * beta);
            case APO_ZERO -> -Sigmoid.of(u) * Sigmoid.of(-u);
        };
    }

    private double rejected(double v) {
        return switch (kind) {
            case NCA -> -0.5 * Sigmoid.log(-v);
            case BCO -> -Sigmoid.log(-v);
            case SPPO -> square((v + 0.5) / beta);
            case APO_ZERO -> Sigmoid.of(v);
        };
    }

    private double rejectedSlope(double v) {
        return switch (kind) {
            case NCA -> 0.5 * Sigmoid.of(v);
            case BCO -> Sigmoid.of(v);
            case SPPO -> 2 * (v + 0.5) / (beta * beta);
            case APO_ZERO -> Sigmoid.of(v) * Sigmoid.of(-v);
        };
    }

    private static double square(double x) {
        return x * x;
    }
}
