package dev.tiebreak.statistics.reliability;

import dev.tiebreak.statistics.Estimate;
import dev.tiebreak.statistics.Labels;
import dev.tiebreak.statistics.numeric.Cholesky;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Intervals for competences, from how each item pulls at the parameters.
///
/// The information is `Σ_i s_i s_iᵀ` with the score `s_i` (derivative of the item's log-likelihood by all
/// parameters), which does not forget that truths are guessed (Berndt, Hall, Hall & Hausman 1974), and what the
/// prior adds. Its inverse gives the variance of a competence by the delta method. Up to [#MOST_TOGETHER]
/// parameters are inverted together; above, each annotator's with the class prior's, the other annotators' held
/// where they are.
final class Competences {
    static final int MOST_TOGETHER = 400;
    private static final String NO_LABELS = "this annotator has no labels yet";
    private static final String AT_THE_END =
            "an interval on the log-odds ends before 0 and 1: smoothing keeps competences inside";
    private static final String TOO_FEW = "the labels are too few to tell the parameters apart: more shared items help";

    private final Consensus.Reached reached;
    private final Labels labels;
    private final AnnotatorModel model;
    private final double confidence;
    private final int perAnnotator;
    private final int classes;

    Competences(Consensus.Reached reached, double confidence) {
        this.reached = reached;
        this.labels = reached.labels();
        this.model = reached.model();
        this.confidence = confidence;
        this.perAnnotator = model.parameters();
        this.classes = model.competenceClassGradient(0).length;
    }

    List<Estimate> all() {
        return all(labels.annotators() * perAnnotator + classes <= MOST_TOGETHER);
    }

    List<Estimate> all(boolean together) {
        boolean[] labelled = new boolean[labels.annotators()];
        for (int label = 0; label < labels.size(); label++) {
            labelled[labels.annotator(label)] = true;
        }
        double[] variances = together ? together(labelled) : apart(labelled);
        List<Estimate> estimates = new ArrayList<>();
        for (int annotator = 0; annotator < labelled.length; annotator++) {
            estimates.add(
                    labelled[annotator]
                            ? estimate(model.competence(annotator), variances[annotator], together)
                            : new Estimate.Undefined(NO_LABELS));
        }
        return estimates;
    }

    private Estimate estimate(double value, double variance, boolean together) {
        if (!(value > 0 && value < 1)) {
            return new Estimate.WithoutInterval(value, AT_THE_END);
        }
        if (!(variance >= 0)) {
            return new Estimate.WithoutInterval(value, TOO_FEW);
        }
        double error = Math.sqrt(variance);
        double centre = Math.log(value / (1 - value));
        double half = Estimate.normalQuantile(confidence) * error / (value * (1 - value));
        String method = "outer product of scores" + (together ? "" : ", annotator by annotator") + ", log-odds";
        return new Estimate.Defined(value, error, logistic(centre - half), logistic(centre + half), confidence, method);
    }

    private static double logistic(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    /// Variance of each competence; −1 where the parameters cannot be told apart.
    private double[] together(boolean[] labelled) {
        double[] variances = new double[labelled.length];
        double[][] information = new double[labelled.length * perAnnotator + classes][];
        Arrays.setAll(information, _ -> new double[information.length]);
        for (int item = 0; item < labels.items(); item++) {
            addOuter(score(item, -1), information);
        }
        for (int annotator = 0; annotator < labelled.length; annotator++) {
            addPrior(annotator, annotator * perAnnotator, information);
        }
        Optional<Cholesky> inverse = Cholesky.of(withoutFlat(information));
        for (int annotator = 0; annotator < labelled.length; annotator++) {
            double[] gradient = gradient(annotator, annotator * perAnnotator, information.length);
            variances[annotator] =
                    inverse.map(root -> dot(gradient, root.solve(gradient))).orElse(-1.0);
        }
        return variances;
    }

    private double[] apart(boolean[] labelled) {
        double[] variances = new double[labelled.length];
        double[][][] information = new double[labelled.length][perAnnotator + classes][perAnnotator + classes];
        for (int item = 0; item < labels.items(); item++) {
            int last = -1;
            for (int label = labels.start(item); label < labels.end(item); label++) {
                int annotator = labels.annotator(label);
                if (annotator != last) { // more labels of one annotator stand together
                    addOuter(score(item, annotator), information[annotator]);
                }
                last = annotator;
            }
        }
        for (int annotator = 0; annotator < labelled.length; annotator++) {
            addPrior(annotator, 0, information[annotator]);
            double[] gradient = gradient(annotator, 0, perAnnotator + classes);
            variances[annotator] = Cholesky.of(withoutFlat(information[annotator]))
                    .map(root -> dot(gradient, root.solve(gradient)))
                    .orElse(-1.0);
        }
        return variances;
    }

    private void addPrior(int annotator, int offset, double[][] information) {
        double[][] prior = new double[perAnnotator][perAnnotator];
        model.addPriorInformation(annotator, prior);
        for (int row = 0; row < perAnnotator; row++) {
            for (int column = 0; column < perAnnotator; column++) {
                information[offset + row][offset + column] += prior[row][column];
            }
        }
    }

    /// A parameter that no item pulls at, such as that of a cell with probability 0, stays where it is.
    private static double[][] withoutFlat(double[][] information) {
        for (int row = 0; row < information.length; row++) {
            if (information[row][row] == 0) {
                information[row][row] = 1;
            }
        }
        return information;
    }

    private double[] gradient(int annotator, int offset, int parameters) {
        double[] own = new double[perAnnotator];
        model.competenceGradient(annotator, own);
        double[] gradient = new double[parameters];
        System.arraycopy(own, 0, gradient, offset, perAnnotator);
        System.arraycopy(model.competenceClassGradient(annotator), 0, gradient, parameters - classes, classes);
        return gradient;
    }

    /// The derivative of an item's log-likelihood, as entries of places and values; a place may come twice.
    record Score(int[] places, double[] values) {}

    /// @param only the annotator whose parameters stand first, −1 for those of all
    Score score(int item, int only) {
        int first = labels.start(item);
        int given = 0;
        for (int label = first; label < labels.end(item); label++) {
            given += only < 0 || labels.annotator(label) == only ? 1 : 0;
        }
        int[] places = new int[given * perAnnotator + classes];
        double[] values = new double[places.length];
        double[] derivative = new double[perAnnotator];
        int at = 0;
        for (int label = first; label < labels.end(item); label++) {
            int annotator = labels.annotator(label);
            if (only >= 0 && annotator != only) {
                continue;
            }
            for (int truth = 0; truth < labels.categories(); truth++) {
                model.score(annotator, labels.category(label), truth, derivative);
                for (int parameter = 0; parameter < perAnnotator; parameter++) {
                    values[at + parameter] += reached.posterior(item, truth) * derivative[parameter];
                }
            }
            for (int parameter = 0; parameter < perAnnotator; parameter++) {
                places[at + parameter] = (only < 0 ? annotator * perAnnotator : 0) + parameter;
            }
            at += perAnnotator;
        }
        int classPlace = only < 0 ? labels.annotators() * perAnnotator : perAnnotator;
        for (int truth = 1; truth <= classes && given > 0; truth++) {
            places[at + truth - 1] = classPlace + truth - 1;
            values[at + truth - 1] = reached.posterior(item, truth) - model.classPrior()[truth];
        }
        return new Score(places, values);
    }

    private static void addOuter(Score score, double[][] information) {
        int[] places = score.places();
        double[] values = score.values();
        for (int row = 0; row < places.length; row++) {
            double[] into = information[places[row]];
            for (int column = 0; column < places.length; column++) {
                into[places[column]] += values[row] * values[column];
            }
        }
    }

    private static double dot(double[] left, double[] right) {
        double sum = 0;
        for (int i = 0; i < left.length; i++) {
            sum += left[i] * right[i];
        }
        return sum;
    }
}
