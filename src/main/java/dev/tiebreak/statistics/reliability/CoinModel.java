package dev.tiebreak.statistics.reliability;

/// Each annotator tosses one coin: right with one probability whatever the truth, else any wrong label alike.
///
/// The parameter of an annotator is the log-odds of being right.
final class CoinModel implements AnnotatorModel {
    private final int categories;
    private final double smoothing;
    private final double[] accuracy;
    private final double[] classPrior;
    private final double[] probabilities;

    CoinModel(int annotators, int categories, double smoothing) {
        this.categories = categories;
        this.smoothing = smoothing;
        this.accuracy = new double[annotators];
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
        int cells = categories * categories;
        for (int annotator = 0; annotator < accuracy.length; annotator++) {
            double right = categories * smoothing; // one pseudo-count a cell, as for a whole confusion matrix
            double all = cells * smoothing;
            for (int cell = 0; cell < cells; cell++) {
                double count = counts[annotator * cells + cell];
                all += count;
                right += isRight(cell) ? count : 0;
            }
            accuracy[annotator] = all == 0 ? 1.0 / categories : right / all;
            for (int cell = 0; cell < cells; cell++) {
                probabilities[annotator * cells + cell] =
                        isRight(cell) ? accuracy[annotator] : (1 - accuracy[annotator]) / (categories - 1);
            }
        }
    }

    private boolean isRight(int cell) {
        return cell / categories == cell % categories;
    }

    @Override
    public double logPrior() {
        return Smoothing.logPrior(classPrior, smoothing) + Smoothing.logPrior(probabilities, smoothing);
    }

    @Override
    public double competence(int annotator) {
        return accuracy[annotator];
    }

    @Override
    public int parameters() {
        return 1;
    }

    @Override
    public void score(int annotator, int label, int truth, double[] into) {
        into[0] = (label == truth ? 1 : 0) - accuracy[annotator];
    }

    @Override
    public void addCurvature(int annotator, int label, int truth, double weight, double[][] into, int offset) {
        into[offset][offset] += weight * accuracy[annotator] * (1 - accuracy[annotator]);
    }

    @Override
    public void competenceGradient(int annotator, double[] into) {
        into[0] = accuracy[annotator] * (1 - accuracy[annotator]);
    }

    @Override
    public double[] competenceClassGradient(int annotator) {
        return new double[categories - 1];
    }

    @Override
    public void addPriorInformation(int annotator, double[][] information) {
        information[0][0] += smoothing * categories * categories * accuracy[annotator] * (1 - accuracy[annotator]);
    }
}
