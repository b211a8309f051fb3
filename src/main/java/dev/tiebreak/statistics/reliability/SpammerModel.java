package dev.tiebreak.statistics.reliability;

import java.util.Arrays;
import org.apache.commons.numbers.gamma.Digamma;

/// The model of MACE: an annotator who knows gives the truth, one who spams draws from a habit of their own.
///
/// All truths are equally likely beforehand. The parameters of an annotator are the log-odds of knowing and,
/// for each category but the first, the log-odds of its place in the habit against that of the first.
final class SpammerModel implements AnnotatorModel {
    private final int categories;
    private final Mace.Prior prior;
    /// P(know); under variational Bayes its geometric mean, and [#spamming] is not its complement.
    private final double[] knowing;
    private final double[] spamming;
    /// Habit, `[annotator · K + label]`; under variational Bayes its geometric mean.
    private final double[] habit;
    private final double[] competence;
    private final double[] classPrior;
    private final double[] probabilities;

    SpammerModel(int annotators, int categories, Mace.Prior prior) {
        this.categories = categories;
        this.prior = prior;
        this.knowing = new double[annotators];
        this.spamming = new double[annotators];
        this.habit = new double[annotators * categories];
        this.competence = new double[annotators];
        this.classPrior = new double[categories];
        Arrays.fill(classPrior, 1.0 / categories);
        this.probabilities = new double[annotators * categories * categories];
    }

    /// Sets where EM starts.
    ///
    /// @param know P(know) of each annotator
    /// @param habits habit of each annotator, `[annotator · K + label]`
    void start(double[] know, double[] habits) {
        System.arraycopy(habits, 0, habit, 0, habit.length);
        for (int annotator = 0; annotator < knowing.length; annotator++) {
            knowing[annotator] = know[annotator];
            spamming[annotator] = 1 - know[annotator];
            competence[annotator] = know[annotator];
            tabulate(annotator);
        }
    }

    @Override
    public double[] classPrior() {
        return classPrior;
    }

    @Override
    public double[] probabilities() {
        return probabilities;
    }

    @Override
    public void maximise(double[] counts, double[] truths) {
        double[] spammed = new double[categories];
        for (int annotator = 0; annotator < knowing.length; annotator++) {
            double known = 0;
            double all = 0;
            for (int label = 0; label < categories; label++) {
                double right = counts[(annotator * categories + label) * categories + label];
                double given = 0;
                for (int truth = 0; truth < categories; truth++) {
                    given += counts[(annotator * categories + label) * categories + truth];
                }
                double knew = right * knewIfRight(annotator, label);
                known += knew;
                spammed[label] = given - knew;
                all += given;
            }
            set(annotator, known, Math.max(0, all - known), spammed);
            tabulate(annotator);
        }
    }

    /// `P(knew | label = truth)`.
    private double knewIfRight(int annotator, int label) {
        double knew = knowing[annotator];
        double both = knew + spamming[annotator] * habit[annotator * categories + label];
        return both == 0 ? 0 : knew / both;
    }

    private void set(int annotator, double known, double spam, double[] spammed) {
        double a = known + prior.knowing();
        double b = spam + prior.spamming();
        competence[annotator] = a + b == 0 ? 0.5 : a / (a + b);
        knowing[annotator] = mean(a, a + b, 2);
        spamming[annotator] = mean(b, a + b, 2);
        double all = categories * prior.habit();
        for (double count : spammed) {
            all += count;
        }
        for (int label = 0; label < categories; label++) {
            habit[annotator * categories + label] = mean(spammed[label] + prior.habit(), all, categories);
        }
    }

    private double mean(double count, double all, int cells) {
        if (all == 0) {
            return 1.0 / cells;
        }
        return prior.variational() ? Math.exp(Digamma.value(count) - Digamma.value(all)) : count / all;
    }

    private void tabulate(int annotator) {
        for (int label = 0; label < categories; label++) {
            double spam = spamming[annotator] * habit[annotator * categories + label];
            int first = (annotator * categories + label) * categories;
            Arrays.fill(probabilities, first, first + categories, spam);
            probabilities[first + label] += knowing[annotator];
        }
    }

    /// The log-density of the prior; 0 under variational Bayes, whose bound is not the likelihood's.
    @Override
    public double logPrior() {
        return prior.variational()
                ? 0
                : Smoothing.logPrior(knowing, prior.knowing())
                        + Smoothing.logPrior(spamming, prior.spamming())
                        + Smoothing.logPrior(habit, prior.habit());
    }

    @Override
    public double competence(int annotator) {
        return competence[annotator];
    }

    @Override
    public int parameters() {
        return categories;
    }

    @Override
    public void score(int annotator, int label, int truth, double[] into) {
        double knew = label == truth ? knewIfRight(annotator, label) : 0;
        into[0] = knew - shareKnowing(annotator);
        for (int place = 1; place < categories; place++) {
            into[place] = (1 - knew) * pull(annotator, label, place);
        }
    }

    /// The derivative of `log ξ_label` by the log-odds of a place in the habit.
    private double pull(int annotator, int label, int place) {
        return (label == place ? 1 : 0) - habit[annotator * categories + place];
    }

    private double shareKnowing(int annotator) {
        return knowing[annotator] / (knowing[annotator] + spamming[annotator]);
    }

    /// That of knowing or spamming being seen, less the variance of the score for not seeing it (Louis 1982).
    @Override
    public void addCurvature(int annotator, int label, int truth, double weight, double[][] into, int offset) {
        double share = shareKnowing(annotator);
        into[offset][offset] += weight * share * (1 - share);
        double knew = label == truth ? knewIfRight(annotator, label) : 0;
        addHabitCurvature(annotator, weight * (1 - knew), into, offset);
        double unseen = weight * knew * (1 - knew);
        into[offset][offset] -= unseen;
        for (int place = 1; place < categories; place++) {
            double pull = pull(annotator, label, place);
            into[offset][offset + place] += unseen * pull;
            into[offset + place][offset] += unseen * pull;
            for (int other = 1; other < categories; other++) {
                into[offset + place][offset + other] -= unseen * pull * pull(annotator, label, other);
            }
        }
    }

    private void addHabitCurvature(int annotator, double weight, double[][] into, int offset) {
        for (int place = 1; place < categories; place++) {
            for (int other = 1; other < categories; other++) {
                double p = habit[annotator * categories + place];
                double q = habit[annotator * categories + other];
                into[offset + place][offset + other] += weight * ((place == other ? p : 0) - p * q);
            }
        }
    }

    @Override
    public void competenceGradient(int annotator, double[] into) {
        Arrays.fill(into, 0);
        into[0] = competence[annotator] * (1 - competence[annotator]);
    }

    @Override
    public double[] competenceClassGradient(int annotator) {
        return new double[0];
    }

    @Override
    public void addPriorInformation(int annotator, double[][] information) {
        information[0][0] += (prior.knowing() + prior.spamming()) * competence[annotator] * (1 - competence[annotator]);
        addHabitCurvature(annotator, prior.habit() * categories, information, 0);
    }
}
