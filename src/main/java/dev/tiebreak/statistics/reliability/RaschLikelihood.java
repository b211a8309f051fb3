package dev.tiebreak.statistics.reliability;

import dev.tiebreak.statistics.numeric.Cholesky;
import dev.tiebreak.statistics.numeric.Logistic;
import dev.tiebreak.statistics.numeric.NormalQuadrature;
import java.util.Arrays;

/// The marginal log-likelihood of Rasch's model with its derivatives, at parameters `d_1 … d_J, a` where
/// `P(right) = 1 / (1 + exp(−(a θ − d)))`.
///
/// The information is the observed one (Louis 1982): that of the complete data, less the variance of their
/// score under the posterior of θ.
///
/// `a` stands last in any case, and is held where it is not estimated.
final class RaschLikelihood {
    private final ScoreGroups groups;
    private final NormalQuadrature ability;
    private final double[] logWeights;
    private final boolean estimatesSlope;

    RaschLikelihood(ScoreGroups groups, NormalQuadrature ability, boolean estimatesSlope) {
        this.groups = groups;
        this.ability = ability;
        this.logWeights = Arrays.stream(ability.weights()).map(Math::log).toArray();
        this.estimatesSlope = estimatesSlope;
    }

    ScoreGroups groups() {
        return groups;
    }

    NormalQuadrature ability() {
        return ability;
    }

    boolean estimatesSlope() {
        return estimatesSlope;
    }

    /// How many numbers are estimated.
    int parameters() {
        return groups.items() + (estimatesSlope ? 1 : 0);
    }

    /// `P(right)` at each node, `[J][Q]`.
    double[][] probabilities(double[] at) {
        double[] nodes = ability.nodes();
        double slope = at[groups.items()];
        double[][] probabilities = new double[groups.items()][nodes.length];
        for (int item = 0; item < groups.items(); item++) {
            for (int node = 0; node < nodes.length; node++) {
                probabilities[item][node] = Logistic.of(slope * nodes[node] - at[item]);
            }
        }
        return probabilities;
    }

    double logLikelihood(double[] at) {
        double sum = 0;
        double[][] wrong = logWrong(at);
        for (int group = 0; group < groups.size(); group++) {
            sum += groups.persons(group)
                    * joint(groups.answered(group), groups.score(group), at, wrong)
                            .logSum();
        }
        for (int item = 0; item < groups.items(); item++) {
            sum -= at[item] * groups.right(item);
        }
        return sum;
    }

    /// `log P(wrong)` at each node, `[J][Q]`.
    private double[][] logWrong(double[] at) {
        double[] nodes = ability.nodes();
        double[][] wrong = new double[groups.items()][nodes.length];
        for (int item = 0; item < groups.items(); item++) {
            for (int node = 0; node < nodes.length; node++) {
                wrong[item][node] = Logistic.log(at[item] - at[groups.items()] * nodes[node]);
            }
        }
        return wrong;
    }

    /// @param posterior of θ over the nodes
    /// @param logSum the log-likelihood of the score, less what does not depend on θ
    record Joint(double[] posterior, double logSum) {}

    private Joint joint(int[] answered, int score, double[] at, double[][] wrong) {
        double[] logs = new double[ability.nodes().length];
        double highest = Double.NEGATIVE_INFINITY;
        for (int node = 0; node < logs.length; node++) {
            logs[node] = logWeights[node] + at[groups.items()] * ability.nodes()[node] * score;
            for (int item : answered) {
                logs[node] += wrong[item][node];
            }
            highest = Math.max(highest, logs[node]);
        }
        double sum = 0;
        for (int node = 0; node < logs.length; node++) {
            logs[node] = Math.exp(logs[node] - highest);
            sum += logs[node];
        }
        for (int node = 0; node < logs.length; node++) {
            logs[node] /= sum;
        }
        return new Joint(logs, highest + Math.log(sum));
    }

    /// The posterior of θ over the nodes, for who solved `score` of the answered items.
    double[] posterior(int[] answered, int score, double[] at) {
        return joint(answered, score, at, logWrong(at)).posterior();
    }

    double[] gradient(double[] at) {
        return derivatives(at).gradient();
    }

    double[][] information(double[] at) {
        return derivatives(at).information();
    }

    /// Newton's step, or along the gradient where the likelihood is not concave.
    double[] direction(double[] at) {
        Derivatives derivatives = derivatives(at);
        double persons = 0;
        for (int group = 0; group < groups.size(); group++) {
            persons += groups.persons(group);
        }
        double[] uphill = derivatives.gradient().clone();
        for (int i = 0; i < uphill.length; i++) {
            uphill[i] /= persons / 4; // information of a response is 1/4 at most
        }
        return Cholesky.of(derivatives.information())
                .map(root -> root.solve(derivatives.gradient()))
                .orElse(uphill);
    }

    private record Derivatives(double[] gradient, double[][] information) {}

    private Derivatives derivatives(double[] at) {
        int items = groups.items();
        double[][] right = probabilities(at);
        double[][] wrong = logWrong(at);
        double[] gradient = new double[parameters()];
        double[][] information = new double[parameters()][parameters()];
        for (int item = 0; item < items; item++) {
            gradient[item] = -groups.right(item);
        }
        for (int group = 0; group < groups.size(); group++) {
            int[] answered = groups.answered(group);
            double persons = groups.persons(group);
            double[] posterior = joint(answered, groups.score(group), at, wrong).posterior();
            double[] mean = new double[parameters()];
            for (int node = 0; node < posterior.length; node++) {
                double weight = persons * posterior[node];
                double[] score = score(answered, groups.score(group), right, node);
                for (int item : answered) {
                    double curvature = weight * right[item][node] * (1 - right[item][node]);
                    information[item][item] += curvature;
                    if (estimatesSlope) {
                        double theta = ability.nodes()[node];
                        information[items][item] -= curvature * theta;
                        information[items][items] += curvature * theta * theta;
                    }
                }
                addCovariance(information, score, -weight);
                for (int parameter = 0; parameter < score.length; parameter++) {
                    gradient[parameter] += weight * score[parameter];
                    mean[parameter] += posterior[node] * score[parameter];
                }
            }
            addCovariance(information, mean, persons);
        }
        for (int row = 0; row < information.length; row++) {
            for (int column = 0; column < row; column++) {
                information[column][row] = information[row][column];
            }
        }
        return new Derivatives(gradient, information);
    }

    /// The part of the complete data's score that depends on θ.
    private double[] score(int[] answered, int solved, double[][] right, int node) {
        double[] score = new double[parameters()];
        double expected = 0;
        for (int item : answered) {
            score[item] = right[item][node];
            expected += right[item][node];
        }
        if (estimatesSlope) {
            score[groups.items()] = ability.nodes()[node] * (solved - expected);
        }
        return score;
    }

    private static void addCovariance(double[][] into, double[] score, double weight) {
        for (int row = 0; row < score.length; row++) {
            for (int column = 0; column <= row; column++) {
                into[row][column] += weight * score[row] * score[column];
            }
        }
    }
}
