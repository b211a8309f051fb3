package dev.tiebreak.statistics.reliability;

import dev.tiebreak.statistics.Estimate;
import dev.tiebreak.statistics.Labels;
import dev.tiebreak.statistics.numeric.Cholesky;
import dev.tiebreak.statistics.numeric.Logistic;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Intervals for competences, from the observed information.
///
/// That is, for each item, the curvature if its truth were seen, less the variance of the score for not seeing
/// it (Louis 1982, "Finding the Observed Information Matrix when Using the EM Algorithm"), and what the prior
/// adds. Its inverse gives the variance of a competence by the delta method. Up to [#MOST_TOGETHER] parameters
/// are inverted together; above, each annotator's with the class prior's, the other annotators' held where they
/// are.
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
        String method = "observed information" + (together ? "" : ", annotator by annotator") + ", log-odds";
        return new Estimate.Defined(
                value, error, Logistic.of(centre - half), Logistic.of(centre + half), confidence, method);
    }

    /// Variance of each competence; −1 where the parameters cannot be told apart.
    private double[] together(boolean[] labelled) {
        double[] variances = new double[labelled.length];
        double[][] information = information();
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

    /// Of all parameters together, without what the prior adds.
    double[][] information() {
        int parameters = labels.annotators() * perAnnotator + classes;
        double[][] information = new double[parameters][parameters];
        for (int item = 0; item < labels.items(); item++) {
            addItem(item, -1, information);
        }
        return information;
    }

    private double[] apart(boolean[] labelled) {
        double[] variances = new double[labelled.length];
        double[][][] information = new double[labelled.length][perAnnotator + classes][perAnnotator + classes];
        for (int item = 0; item < labels.items(); item++) {
            int last = -1;
            for (int label = labels.start(item); label < labels.end(item); label++) {
                int annotator = labels.annotator(label);
                if (annotator != last) { // more labels of one annotator stand together
                    addItem(item, annotator, information[annotator]);
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

    /// Adds an item's information.
    ///
    /// @param only the annotator whose parameters stand first, −1 for those of all
    private void addItem(int item, int only, double[][] information) {
        int[] places = places(item, only);
        double[] mean = new double[places.length];
        double[] score = new double[places.length];
        for (int truth = 0; truth < labels.categories(); truth++) {
            double weight = reached.posterior(item, truth);
            if (weight > 0) {
                score(item, only, truth, score);
                addOuter(places, score, -weight, information);
                for (int i = 0; i < score.length; i++) {
                    mean[i] += weight * score[i];
                }
                addCurvature(item, only, truth, weight, information);
            }
        }
        addOuter(places, mean, 1, information);
    }

    /// The derivative of an item's log-likelihood by each parameter.
    double[] gradient(int item) {
        int[] places = places(item, -1);
        double[] gradient = new double[labels.annotators() * perAnnotator + classes];
        double[] score = new double[places.length];
        for (int truth = 0; truth < labels.categories(); truth++) {
            score(item, -1, truth, score);
            for (int i = 0; i < places.length; i++) {
                gradient[places[i]] += reached.posterior(item, truth) * score[i];
            }
        }
        return gradient;
    }

    /// Where the parameters of an item's labels stand; those of an annotator who labelled it twice come twice.
    private int[] places(int item, int only) {
        int given = 0;
        for (int label = labels.start(item); label < labels.end(item); label++) {
            given += isSeen(label, only) ? 1 : 0;
        }
        int[] places = new int[given * perAnnotator + (given == 0 ? 0 : classes)];
        int at = 0;
        for (int label = labels.start(item); label < labels.end(item); label++) {
            for (int parameter = 0; parameter < perAnnotator && isSeen(label, only); parameter++) {
                places[at++] = offset(labels.annotator(label), only) + parameter;
            }
        }
        while (at < places.length) {
            places[at] = offset(only < 0 ? labels.annotators() : 1, -1) + at - given * perAnnotator;
            at++;
        }
        return places;
    }

    private boolean isSeen(int label, int only) {
        return only < 0 || labels.annotator(label) == only;
    }

    private int offset(int annotator, int only) {
        return only < 0 ? annotator * perAnnotator : 0;
    }

    /// Writes the score of an item whose truth is seen.
    private void score(int item, int only, int truth, double[] into) {
        double[] derivative = new double[perAnnotator];
        int at = 0;
        for (int label = labels.start(item); label < labels.end(item); label++) {
            if (isSeen(label, only)) {
                model.score(labels.annotator(label), labels.category(label), truth, derivative);
                System.arraycopy(derivative, 0, into, at, perAnnotator);
                at += perAnnotator;
            }
        }
        for (int category = 1; at < into.length; category++) {
            into[at++] = (category == truth ? 1 : 0) - model.classPrior()[category];
        }
    }

    private void addCurvature(int item, int only, int truth, double weight, double[][] information) {
        for (int label = labels.start(item); label < labels.end(item); label++) {
            if (isSeen(label, only)) {
                int annotator = labels.annotator(label);
                model.addCurvature(
                        annotator, labels.category(label), truth, weight, information, offset(annotator, only));
            }
        }
        int first = information.length - classes - 1;
        for (int row = 1; row <= classes && labels.start(item) < labels.end(item); row++) {
            for (int column = 1; column <= classes; column++) {
                double p = model.classPrior()[row];
                information[first + row][first + column] +=
                        weight * ((row == column ? p : 0) - p * model.classPrior()[column]);
            }
        }
    }

    private static void addOuter(int[] places, double[] score, double weight, double[][] information) {
        for (int row = 0; row < places.length; row++) {
            double[] into = information[places[row]];
            for (int column = 0; column < places.length; column++) {
                into[places[column]] += weight * score[row] * score[column];
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
