package dev.tiebreak.statistics.ranking;

import dev.tiebreak.statistics.numeric.Logistic;

/// What is believed of log strengths before any comparison. Record it with every score that leaves the studio.
public sealed interface Prior {
    /// Nothing: maximum likelihood.
    record None() implements Prior {}

    /// Each item won and lost so many comparisons against one ghost item of strength 1: the convention of R's
    /// PlackettLuce (`npseudo`). A proper prior, with density `∝ (σ(θ) σ(−θ))^outcomes` for each log strength.
    ///
    /// @param outcomes wins, and as many losses, above 0; 0.5 is usual
    record Ghost(double outcomes) implements Prior {
        public Ghost {
            requirePositive(outcomes);
        }
    }

    /// `−l2 Σ θ²` is added to the log likelihood: choix's `alpha` in `opt_pairwise`, a normal prior of variance
    /// `1 / (2 l2)`.
    ///
    /// @param l2 above 0
    record Normal(double l2) implements Prior {
        public Normal {
            requirePositive(l2);
        }
    }

    static Prior none() {
        return new None();
    }

    /// Half a win and half a loss against the ghost item.
    static Prior standard() {
        return new Ghost(0.5);
    }

    /// Whether it makes every estimate finite.
    default boolean proper() {
        return !(this instanceof None);
    }

    default double logDensity(double theta) {
        return switch (this) {
            case None _ -> 0;
            case Ghost(double outcomes) -> outcomes * (Logistic.log(theta) + Logistic.log(-theta));
            case Normal(double l2) -> -l2 * theta * theta;
        };
    }

    default double gradient(double theta) {
        return switch (this) {
            case None _ -> 0;
            case Ghost(double outcomes) -> -outcomes * Math.tanh(theta / 2);
            case Normal(double l2) -> -2 * l2 * theta;
        };
    }

    /// The second derivative of [#logDensity], its sign turned.
    default double curvature(double theta) {
        return switch (this) {
            case None _ -> 0;
            case Ghost(double outcomes) -> 2 * outcomes * Logistic.of(theta) * Logistic.of(-theta);
            case Normal(double l2) -> 2 * l2;
        };
    }

    private static void requirePositive(double value) {
        if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("a prior's strength lies above 0, got " + value);
        }
    }
}
