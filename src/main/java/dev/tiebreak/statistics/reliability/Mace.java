package dev.tiebreak.statistics.reliability;

import dev.tiebreak.statistics.Labels;
import dev.tiebreak.statistics.numeric.Replicates;
import org.apache.commons.rng.UniformRandomProvider;

/// Multi-annotator competence estimation (Hovy, Berg-Kirkpatrick, Vaswani & Hovy 2013, "Learning Whom to Trust
/// with MACE", NAACL-HLT).
///
/// For each label the annotator either knows, with probability θ, and gives the truth, or spams and draws the
/// label from a habit ξ, whatever the truth: `P(l | t) = θ [l = t] + (1 − θ) ξ_l`. All truths are equally
/// likely beforehand. Competence: θ, one minus the probability of spamming; guesses that happen to be right are
/// not counted, so that it is lower than the share of right labels.
///
/// Two forms, as in the article: EM with a pseudo-count, and variational Bayes with Beta and Dirichlet priors,
/// where each share becomes `exp(ψ(count + prior) − ψ(sum))` and the competence is θ's posterior mean. Starts
/// are random but the first, which knows half the time and has no habit; the one with the highest
/// log-likelihood is kept.
///
/// @param starts how many
/// @param seed of the random starts
public record Mace(Prior prior, int starts, long seed, Em em) {
    /// Variational Bayes with the article's priors, 10 starts.
    public static final Mace DEFAULT = new Mace(Prior.VARIATIONAL, 10, 1, Em.DEFAULT);

    public Mace {
        Starts.require(0, starts);
    }

    /// What is held likely beforehand.
    ///
    /// @param knowing pseudo-count of knowing; of Beta's first parameter under variational Bayes
    /// @param spamming pseudo-count of spamming; Beta's second parameter
    /// @param habit pseudo-count of each label of a habit; Dirichlet's parameter
    /// @param variational whether shares are geometric means under their posterior (variational Bayes) or the
    /// mode (EM)
    public record Prior(double knowing, double spamming, double habit, boolean variational) {
        /// Beta(.5, .5) for knowing, Dirichlet(10) for the habit.
        public static final Prior VARIATIONAL = new Prior(0.5, 0.5, 10, true);

        public Prior {
            double least = Math.min(Math.min(knowing, spamming), habit);
            if (!(variational ? least > 0 : least >= 0)) {
                throw new IllegalArgumentException(
                        "priors are above 0, pseudo-counts 0 or more: got " + knowing + ", " + spamming + ", " + habit);
            }
        }

        /// EM with the article's pseudo-count of .01 shared by the categories.
        public static Prior smoothed(int categories) {
            return new Prior(0.01 / categories, 0.01 / categories, 0.01 / categories, false);
        }
    }

    public Consensus of(Labels labels) {
        Replicates replicates = Replicates.of(seed, starts);
        return Starts.best(
                labels,
                starts,
                em,
                () -> new SpammerModel(labels.annotators(), labels.categories(), prior),
                (model, begin) -> start(model, labels, begin.number(), replicates.generator(begin.number())));
    }

    private static void start(SpammerModel model, Labels labels, int start, UniformRandomProvider random) {
        double[] knowing = new double[labels.annotators()];
        double[] habits = new double[labels.annotators() * labels.categories()];
        for (int annotator = 0; annotator < knowing.length; annotator++) {
            double know = weight(start, random);
            knowing[annotator] = know / (know + weight(start, random));
            double sum = 0;
            int first = annotator * labels.categories();
            for (int label = 0; label < labels.categories(); label++) {
                habits[first + label] = weight(start, random);
                sum += habits[first + label];
            }
            for (int label = 0; label < labels.categories(); label++) {
                habits[first + label] /= sum;
            }
        }
        model.start(knowing, habits);
    }

    /// As far from even as in the authors' program: a weight of 1 with up to 1.5 added.
    private static double weight(int start, UniformRandomProvider random) {
        return start == 0 ? 1 : 1 + 1.5 * random.nextDouble();
    }
}
