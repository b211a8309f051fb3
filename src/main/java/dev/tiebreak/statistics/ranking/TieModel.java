package dev.tiebreak.statistics.ranking;

import dev.tiebreak.statistics.numeric.Logistic;

/// What a tie says about two strengths. The three are different models: report which one was used.
///
/// With `d` the difference of the two log strengths and `η` the tie parameter:
public enum TieModel {
    /// A tie is half a win of each (arena practice); there is no tie parameter. `P(win) = σ(d)`.
    HALF_WINS,
    /// Davidson 1970: `P(win) ∝ e^{d/2}`, `P(loss) ∝ e^{−d/2}`, `P(tie) ∝ ν = e^η`. Newman's v is `ν / 2`.
    DAVIDSON,
    /// Rao & Kupper 1967: `P(win) = σ(d − η)`, `P(loss) = σ(−d − η)`, a threshold `θ = e^η ≥ 1`.
    RAO_KUPPER;

    /// First derivatives of the log likelihood of one pair, and second ones with their sign turned.
    static final class Terms {
        double byDifference;
        double byTie;
        double difference;
        double mixed;
        double tie;
    }

    boolean hasParameter() {
        return this != HALF_WINS;
    }

    /// @param d difference of log strengths
    /// @param eta the tie parameter's logarithm, anything for half wins
    void terms(double d, double eta, double wins, double losses, double ties, Terms into) {
        if (this == RAO_KUPPER) {
            raoKupper(d, eta, wins + ties, losses + ties, ties, into);
        } else {
            davidson(d, this == DAVIDSON ? Math.exp(eta) : 0, wins, losses, ties, into);
        }
    }

    private static void davidson(double d, double nu, double wins, double losses, double ties, Terms into) {
        double root = Math.exp(-Math.abs(d) / 2);
        double all = 1 + root * root + nu * root;
        double stronger = 1 / all;
        double weaker = root * root / all;
        double tie = nu * root / all;
        double lead = d < 0 ? weaker - stronger : stronger - weaker;
        double n = wins + losses + ties;
        into.byDifference = (wins - losses - n * lead) / 2;
        into.byTie = ties - n * tie;
        into.difference = n * (4 * stronger * weaker + tie * (stronger + weaker)) / 4; // no cancellation
        into.mixed = -n * tie * lead / 2;
        into.tie = n * tie * (1 - tie);
    }

    private static void raoKupper(double d, double eta, double wins, double losses, double ties, Terms into) {
        double notWin = Logistic.of(eta - d);
        double notLoss = Logistic.of(eta + d);
        double shrink = Math.exp(-2 * eta);
        double open = -Math.expm1(-2 * eta);
        double byWin = wins * notWin;
        double byLoss = losses * notLoss;
        double ofWin = byWin * (1 - notWin);
        double ofLoss = byLoss * (1 - notLoss);
        into.byDifference = byWin - byLoss;
        into.byTie = -byWin - byLoss + (ties == 0 ? 0 : 2 * ties / open);
        into.difference = ofWin + ofLoss;
        into.mixed = ofLoss - ofWin;
        into.tie = ofWin + ofLoss + (ties == 0 ? 0 : 4 * ties * shrink / (open * open));
    }

    /// The log likelihood of one pair, in nats; 0 · log 0 is 0.
    double logLikelihood(double d, double eta, double wins, double losses, double ties) {
        double lead = Math.abs(d);
        double favoured = d < 0 ? losses : wins;
        double other = d < 0 ? wins : losses;
        return switch (this) {
            case HALF_WINS -> -(other + ties / 2) * lead - (wins + losses + ties) * Math.log1p(Math.exp(-lead));
            case DAVIDSON -> {
                double nu = Math.exp(eta);
                double all = Math.log1p(Math.exp(-lead) + nu * Math.exp(-lead / 2));
                yield (ties == 0 ? 0 : ties * (eta - lead / 2)) - other * lead - (favoured + other + ties) * all;
            }
            case RAO_KUPPER ->
                (wins + ties) * Logistic.log(d - eta)
                        + (losses + ties) * Logistic.log(-eta - d)
                        + (ties == 0 ? 0 : ties * Math.log(Math.expm1(2 * eta)));
        };
    }
}
