package dev.tiebreak.statistics.reliability;

import java.util.Arrays;

/// The model of Dawid and Skene: each annotator has a confusion matrix, each class a probability.
///
/// The parameters of an annotator are, for each truth, the log-odds of every wrong label against the right one.
final class ConfusionModel implements AnnotatorModel {
    private final int annotators;
    private final int categories;
    private final double smoothing;
    private final double[] classPrior;
    private final double[] probabilities;

    ConfusionModel(int annotators, int categories, double smoothing) {
        this.annotators = annotators;
        this.categories = categories;
        this.smoothing = smoothing;
        this.classPrior = new double[categories];
        this.probabilities = new double[annotators * categories * categories];
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
        Smoothing.shares(truths, smoothing, classPrior);
        double[] sums = new double[categories];
        for (int annotator = 0; annotator < annotators; annotator++) {
            int first = annotator * categories * categories;
            int end = first + categories * categories;
            Arrays.fill(sums, 0);
            for (int cell = first; cell < end; cell++) {
                sums[(cell - first) % categories] += counts[cell];
            }
            for (int cell = first; cell < end; cell++) {
                double sum = sums[(cell - first) % categories];
                probabilities[cell] = sum + smoothing == 0
                        ? 1.0 / categories // a truth that this annotator never met
                        : (counts[cell] + smoothing) / (sum + categories * smoothing);
            }
        }
    }

    @Override
    public double logPrior() {
        return Smoothing.logPrior(classPrior, smoothing) + Smoothing.logPrior(probabilities, smoothing);
    }

    /// The share of labels that name the truth, over truths as frequent as the class prior says.
    @Override
    public double competence(int annotator) {
        double sum = 0;
        for (int truth = 0; truth < categories; truth++) {
            sum += classPrior[truth] * right(annotator, truth);
        }
        return sum;
    }

    @Override
    public int parameters() {
        return categories * (categories - 1);
    }

    @Override
    public void score(int annotator, int label, int truth, double[] into) {
        Arrays.fill(into, 0);
        for (int wrong = 0; wrong < categories; wrong++) {
            if (wrong != truth) {
                into[parameter(truth, wrong)] = (label == wrong ? 1 : 0) - probability(annotator, wrong, truth);
            }
        }
    }

    @Override
    public void addCurvature(int annotator, int label, int truth, double weight, double[][] into, int offset) {
        for (int wrong = 0; wrong < categories; wrong++) {
            for (int other = 0; other < categories; other++) {
                if (wrong != truth && other != truth) {
                    double p = probability(annotator, wrong, truth);
                    double q = probability(annotator, other, truth);
                    into[offset + parameter(truth, wrong)][offset + parameter(truth, other)] +=
                            weight * ((wrong == other ? p : 0) - p * q);
                }
            }
        }
    }

    @Override
    public void competenceGradient(int annotator, double[] into) {
        for (int truth = 0; truth < categories; truth++) {
            for (int wrong = 0; wrong < categories; wrong++) {
                if (wrong != truth) {
                    into[parameter(truth, wrong)] =
                            -classPrior[truth] * right(annotator, truth) * probability(annotator, wrong, truth);
                }
            }
        }
    }

    @Override
    public double[] competenceClassGradient(int annotator) {
        double[] gradient = new double[categories - 1];
        for (int truth = 1; truth < categories; truth++) {
            gradient[truth - 1] = classPrior[truth] * (right(annotator, truth) - competence(annotator));
        }
        return gradient;
    }

    @Override
    public void addPriorInformation(int annotator, double[][] information) {
        for (int truth = 0; truth < categories; truth++) {
            addCurvature(annotator, truth, truth, smoothing * categories, information, 0);
        }
    }

    private int parameter(int truth, int wrong) {
        return truth * (categories - 1) + (wrong < truth ? wrong : wrong - 1);
    }

    private double right(int annotator, int truth) {
        return probability(annotator, truth, truth);
    }

    private double probability(int annotator, int label, int truth) {
        return probabilities[(annotator * categories + label) * categories + truth];
    }
}
