package dev.tiebreak.statistics.reliability;

import dev.tiebreak.statistics.Labels;

/// Dawid and Skene's model with one number for each annotator: right with probability p whatever the truth, any
/// wrong label with `(1 − p)/(K − 1)` (Zhang, Chen, Zhou & Jordan 2016, "Spectral Methods Meet EM", JMLR 17,
/// section 3.4).
///
/// For annotators with too few labels for a confusion matrix. Starts, class prior and smoothing as in
/// [DawidSkene]: a pseudo-count for every cell of the confusion matrix, so that both agree where errors are
/// symmetric. Competence: p.
///
/// @param smoothing pseudo-count of every cell of a confusion matrix, 0 or more
/// @param starts how many, the first from the share of votes unshaken
/// @param seed of the further starts
public record OneCoin(double smoothing, int starts, long seed, Em em) {
    /// Smoothing .01, 5 starts.
    public static final OneCoin DEFAULT = new OneCoin(0.01, 5, 1, Em.DEFAULT);

    public OneCoin {
        Starts.require(smoothing, starts);
    }

    public Consensus of(Labels labels) {
        return Starts.best(
                labels, starts, seed, em, () -> new CoinModel(labels.annotators(), labels.categories(), smoothing));
    }
}
