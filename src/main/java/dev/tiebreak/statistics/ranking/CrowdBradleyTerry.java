package dev.tiebreak.statistics.ranking;

import dev.tiebreak.statistics.numeric.Lbfgs;
import dev.tiebreak.statistics.numeric.Logistic;
import java.util.Arrays;

/// Bradley–Terry scores and how reliable each annotator is, together (Crowd-BT: Chen, Bennett, Collins-Thompson
/// & Horvitz, WSDM 2013).
///
/// Annotator k says i over j with probability `η_k σ(s_i − s_j) + (1 − η_k) σ(s_j − s_i)`: η is 1 for a perfect
/// annotator, ½ for one who does not look, near 0 for one who turns everything round, whose judgments then
/// count the other way. A tie counts as half a win of each item.
///
/// Scores are natural log-odds. Each item wins and loses `ghost` times against a virtual item of score 0 (eq. 8
/// of the paper, with λ), which keeps scores finite and their zero fixed; each annotator has `right` and
/// `wrong` judgments beforehand, which keep η off 0 and 1. Turning all scores and all reliabilities round fits
/// equally well: the answer is the one in which a judgment is right more often than not, over all judgments.
/// The function has several optima; the search (L-BFGS) starts with all annotators at 0.9 and scores 0, and is
/// deterministic. No intervals are given.
///
/// @param ghost λ, above 0; ½ is little
/// @param right, wrong above 0; 1 and 1 are a Beta(2, 2) distribution of η
public record CrowdBradleyTerry(double ghost, double right, double wrong) {
    private static final double FIRST_RELIABILITY = 0.9;
    private static final Lbfgs SEARCH = new Lbfgs(5_000, 1e-7);

    public CrowdBradleyTerry {
        if (!(ghost > 0) || !(right > 0) || !(wrong > 0)) {
            throw new IllegalArgumentException(
                    "λ and the judgments beforehand are above 0, got " + ghost + ", " + right + " and " + wrong);
        }
    }

    /// λ ½, and one right and one wrong judgment beforehand.
    public static CrowdBradleyTerry usual() {
        return new CrowdBradleyTerry(0.5, 1, 1);
    }

    public sealed interface Result {}

    /// @param scores natural log-odds against the virtual item, one an item
    /// @param reliability η, one an annotator
    /// @param objective what was maximised: log-likelihood with the terms of ghost and beforehand judgments
    public record Fit(double[] scores, double[] reliability, double objective) implements Result {}

    /// @param reason why there are no scores, as a person can act on it
    public record Undefined(String reason) implements Result {}

    public Result of(ComparisonRows rows) {
        if (rows.size() == 0) {
            return new Undefined("there are no comparisons yet");
        }
        if (!rows.everyAnnotatorIsKnown()) {
            return new Undefined("some comparisons do not tell who judged: name the annotator of each");
        }
        var objective = new CrowdObjective(rows, ghost, right, wrong);
        double[] start = new double[objective.parameters()];
        Arrays.fill(start, rows.items(), start.length, Math.log(FIRST_RELIABILITY / (1 - FIRST_RELIABILITY)));
        Lbfgs.Minimum found = SEARCH.of(objective, start);
        if (isTurnedRound(rows, found.point())) {
            found = SEARCH.of(
                    objective, Arrays.stream(found.point()).map(each -> -each).toArray());
        }
        return found.converged()
                ? fit(rows, found)
                : new Undefined("the search for scores did not settle: set more judgments beforehand");
    }

    private static boolean isTurnedRound(ComparisonRows rows, double[] point) {
        double rightMinusWrong = 0;
        for (int row = 0; row < rows.size(); row++) {
            double reliability = Logistic.of(point[rows.items() + rows.annotator(row)]);
            rightMinusWrong += rows.weight(row) * (2 * reliability - 1);
        }
        return rightMinusWrong < 0;
    }

    private static Fit fit(ComparisonRows rows, Lbfgs.Minimum found) {
        double[] point = found.point();
        return new Fit(
                Arrays.copyOf(point, rows.items()),
                Arrays.stream(point, rows.items(), point.length)
                        .map(Logistic::of)
                        .toArray(),
                -found.value());
    }
}
