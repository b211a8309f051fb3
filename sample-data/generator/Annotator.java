package generator;

import java.util.List;

/// How a simulated annotator decides: with sharpness times the difference in quality, plus habits, plus logistic noise,
/// so that the choice between two completions follows the Bradley–Terry model with a bias.
///
/// @param sharpnessAtFirst  weight of quality at the first vote; 0 is guessing
/// @param sharpnessAtLast   the same at the last vote; between them it changes in a straight line
/// @param towardsLeft       log-odds added to the left completion
/// @param towardsLonger     log-odds per doubling of length added to the longer completion
/// @param tieWidth          decides a tie while the felt difference is smaller
/// @param secondsPerThousandCharacters pace of reading
record Annotator(
        String name,
        double sharpnessAtFirst,
        double sharpnessAtLast,
        double towardsLeft,
        double towardsLonger,
        double tieWidth,
        double secondsPerThousandCharacters) {

    static final List<Annotator> ALL = List.of(
            new Annotator("ada", 2.4, 2.4, 0, 0, 0.5, 42),
            new Annotator("ben", 1.8, 1.8, 0, 0, 0.7, 35),
            new Annotator("chloe", 1.7, 1.7, 1.4, 0, 0.5, 38), // favours the left side
            new Annotator("dmitri", 1.3, 1.3, 0, 1.4, 0.4, 40), // favours length
            new Annotator("emeka", 2.4, 0.1, 0, 0, 0.5, 36), // drifts
            new Annotator("farah", 0.15, 0.15, 0, 0, 0.2, 4)); // careless and fast

    /// @param progress 0 at this annotator's first vote, 1 at the last
    double feltDifference(Sample.Candidate left, Sample.Candidate right, double progress, double noise) {
        double sharpness = sharpnessAtFirst + progress * (sharpnessAtLast - sharpnessAtFirst);
        double doublings =
                (StrictMath.log(left.text().length()) - StrictMath.log(right.text().length())) / StrictMath.log(2);
        return sharpness * (left.quality() - right.quality()) + towardsLeft + towardsLonger * doublings + noise;
    }

    boolean findsBothBad(Sample.Candidate left, Sample.Candidate right, double chance) {
        double better = Math.max(left.quality(), right.quality());
        return sharpnessAtFirst > 1 && better < -0.25 && chance < 0.7;
    }
}
