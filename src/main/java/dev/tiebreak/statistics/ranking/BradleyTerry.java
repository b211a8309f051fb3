package dev.tiebreak.statistics.ranking;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The Bradley-Terry model: `P(i wins against j) = π_i / (π_i + π_j) = σ(θ_i − θ_j)` (Bradley & Terry 1952, Zermelo
/// 1929), with a tie model, a prior, and effects beside strength such as position.
///
/// Connectivity is checked first: where maximum likelihood has no finite estimates, the answer names the sets of items
/// in the way. A proper prior makes every estimate finite; the same sets are then warnings. The fit starts with
/// Newman's iteration and ends with Newton's method, every gradient zero to 1e-9 of its weight.
///
/// @param ties what a tie says
/// @param prior what is believed of log strengths before any comparison; effects and the tie parameter have none
public record BradleyTerry(TieModel ties, Prior prior) {
    private static final int START_SWEEPS = 6;
    private static final double START_TOLERANCE = 1e-2;
    /// Gives a start where items never lost.
    private static final double START_GHOST = 0.5;

    /// Maximum likelihood, ties as half wins.
    public static BradleyTerry maximumLikelihood() {
        return new BradleyTerry(TieModel.HALF_WINS, Prior.none());
    }

    /// Maximum a posteriori with the standard prior, which is always finite: what a score board should show.
    public static BradleyTerry maximumAPosteriori() {
        return new BradleyTerry(TieModel.HALF_WINS, Prior.standard());
    }

    public BradleyTerry withTies(TieModel ties) {
        return new BradleyTerry(ties, prior);
    }

    public BradleyTerry withPrior(Prior prior) {
        return new BradleyTerry(ties, prior);
    }

    public Ranking of(PairCounts counts) {
        return fit(counts, counts.groups(), List.of());
    }

    /// The same estimates from rows, which also know who judged.
    public Ranking of(ComparisonRows rows) {
        return of(rows, Effects.none());
    }

    public Ranking of(ComparisonRows rows, Effects effects) {
        return fit(rows.counts(), Groups.of(rows, effects), effects.names(rows));
    }

    private Ranking fit(PairCounts counts, Groups groups, List<String> effects) {
        Connectivity connectivity = Connectivity.of(counts);
        Optional<String> refusal = refusal(counts, connectivity);
        if (refusal.isPresent()) {
            return new Ranking.NotEstimable(refusal.get(), connectivity);
        }
        Likelihood likelihood = new Likelihood(groups, ties, prior);
        double[] start = start(counts, likelihood);
        Newton newton = new Newton(likelihood);
        return newton.maximise(start)
                .<Ranking>map(parameters -> new BradleyTerryFit(this, likelihood, parameters, effects, connectivity))
                .orElseGet(() -> new Ranking.NotEstimable(divergence(effects), connectivity));
    }

    private Optional<String> refusal(PairCounts counts, Connectivity connectivity) {
        if (counts.pairs() == 0) {
            return Optional.of("nothing has been compared yet");
        }
        if (!prior.proper() && !connectivity.estimable()) {
            return Optional.of(String.join("; ", connectivity.problems())
                    + ": maximum likelihood would put them infinitely far apart; collect more comparisons of them with"
                    + " others, or use a prior");
        }
        if (ties.hasParameter() && counts.ties() == counts.comparisons()) {
            return Optional.of("every comparison is a tie, so that a tie model has nothing to weigh ties against: count"
                    + " ties as half wins");
        }
        return Optional.empty();
    }

    private static String divergence(List<String> effects) {
        return effects.isEmpty()
                ? "the comparisons leave some items infinitely far apart, to rounding: collect more comparisons, or use a"
                        + " prior"
                : "the comparisons cannot tell these effects apart from strengths or from each other, or one of them"
                        + " decides every comparison: "
                        + String.join(", ", effects.subList(0, Math.min(8, effects.size())))
                        + (effects.size() > 8 ? " and " + (effects.size() - 8) + " more" : "")
                        + "; leave some out or collect more comparisons";
    }

    private double[] start(PairCounts counts, Likelihood likelihood) {
        double[] start = new double[likelihood.parameters];
        double[] strengths = new Newman(counts, START_GHOST).sweep(START_SWEEPS, START_TOLERANCE);
        System.arraycopy(strengths, 0, start, 0, strengths.length);
        if (likelihood.tieParameter) {
            double share = Math.min(counts.ties() / counts.comparisons(), 0.99);
            start[start.length - 1] =
                    ties == TieModel.DAVIDSON ? Math.log(2 * share / (1 - share)) : Math.log((1 + share) / (1 - share));
        }
        return start;
    }

    /// What a person should know beside the estimates.
    List<String> warnings(Connectivity connectivity) {
        List<String> warnings = new ArrayList<>();
        if (!connectivity.estimable()) {
            connectivity.problems().forEach(problem -> warnings.add(problem + ": only the prior places them"));
        }
        return warnings;
    }
}
