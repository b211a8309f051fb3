package dev.tiebreak.statistics.reliability;

import dev.tiebreak.statistics.Labels;

/// The truth of each item and the confusion matrix of each annotator, both from labels alone (Dawid & Skene
/// 1979, "Maximum Likelihood Estimation of Observer Error-Rates Using the EM Algorithm", JRSS C 28(1)).
///
/// `P(labels of i) = Σ_t π_t Π_l c_{a(l)}[t, l]` with class prior π and confusion matrix c (rows: truth,
/// columns: label) of each annotator. Labels of an item are independent given its truth; more labels of one
/// annotator on one item are as many responses.
///
/// Conventions: EM starts from the share of votes of each item (their eq. 3.1), not from the majority, which
/// leads to a worse end on their own data; further starts shake these shares, and the end with the highest
/// objective is kept. `smoothing` is added to every expected count (class prior too), the mode under a
/// Dirichlet prior of 1 + smoothing; 0 is maximum likelihood. Classes keep their meaning only because most
/// annotators are more often right than wrong. Competence: `Σ_t π_t c[t, t]`, the share of labels that name the
/// truth.
///
/// @param smoothing pseudo-count of every cell, 0 or more
/// @param starts how many, the first unshaken
/// @param seed of the further starts
public record DawidSkene(double smoothing, int starts, long seed, Em em) {
    /// Smoothing .01, 5 starts.
    public static final DawidSkene DEFAULT = new DawidSkene(0.01, 5, 1, Em.DEFAULT);

    public DawidSkene {
        Starts.require(smoothing, starts);
    }

    /// Maximum likelihood from the shares of votes, as in the article.
    public static DawidSkene maximumLikelihood() {
        return new DawidSkene(0, 1, 1, new Em(20_000, 1e-13));
    }

    public Consensus of(Labels labels) {
        return Starts.best(
                labels,
                starts,
                seed,
                em,
                () -> new ConfusionModel(labels.annotators(), labels.categories(), smoothing));
    }
}
