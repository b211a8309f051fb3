package dev.tiebreak.statistics.reliability;

/// How annotators err: the probability of each label given the truth, from parameters that expected counts
/// determine.
///
/// What all models share is done elsewhere: [ExpectationPass] finds the truths, [Competences] the intervals.
/// Arrays over annotator, label and truth stand flat, `[(annotator · K + label) · K + truth]` for K categories.
interface AnnotatorModel {

    /// `P(truth)`, `[K]`.
    double[] classPrior();

    /// `P(label | truth)` of each annotator, flat.
    double[] probabilities();

    /// Sets the parameters to those that fit best.
    ///
    /// @param counts expected labels of each annotator by truth, flat
    /// @param truths expected items of each truth, `[K]`
    void maximise(double[] counts, double[] truths);

    /// What the prior adds to the log-likelihood: a step of EM never lowers their sum.
    double logPrior();

    /// The competence of an annotator, between 0 and 1.
    double competence(int annotator);

    /// How many numbers describe one annotator.
    int parameters();

    /// Writes the derivative of `log P(label | truth)` by each parameter of the annotator.
    void score(int annotator, int label, int truth, double[] into);

    /// Adds the second derivative of `−log P(label | truth)` by the parameters of the annotator.
    ///
    /// @param offset where the annotator's parameters begin in `into`
    void addCurvature(int annotator, int label, int truth, double weight, double[][] into, int offset);

    /// Writes the derivative of the competence by each parameter of the annotator.
    void competenceGradient(int annotator, double[] into);

    /// The derivative of the competence by the log-odds of the class prior against its first class; zeros where
    /// the competence does not depend on it, empty where the class prior is no parameter.
    double[] competenceClassGradient(int annotator);

    /// Adds how sharply the prior holds the parameters of the annotator.
    void addPriorInformation(int annotator, double[][] information);
}
