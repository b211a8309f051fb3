package dev.tiebreak.statistics.ranking;

import dev.tiebreak.statistics.numeric.Lbfgs;
import dev.tiebreak.statistics.numeric.Logistic;

/// What [CrowdBradleyTerry] minimises: the negative log-posterior of scores, then of the log-odds of
/// reliabilities.
///
/// @param ghost weight λ of the wins and losses against the virtual item
/// @param right, wrong judgments of each annotator that are taken as seen beforehand
record CrowdObjective(ComparisonRows rows, double ghost, double right, double wrong) implements Lbfgs.Objective {

    int parameters() {
        return rows.items() + rows.annotators();
    }

    @Override
    public double at(double[] point, double[] gradient) {
        double value = 0;
        for (int item = 0; item < rows.items(); item++) {
            double win = Logistic.of(point[item]);
            value -= ghost * (Logistic.log(point[item]) + Logistic.log(-point[item]));
            gradient[item] = ghost * (2 * win - 1);
        }
        for (int annotator = rows.items(); annotator < point.length; annotator++) {
            double reliability = Logistic.of(point[annotator]);
            value -= right * Logistic.log(point[annotator]) + wrong * Logistic.log(-point[annotator]);
            gradient[annotator] = (right + wrong) * reliability - right;
        }
        for (int row = 0; row < rows.size(); row++) {
            value += switch (rows.outcome(row)) {
                case LEFT -> judged(rows.left(row), rows.right(row), rows.weight(row), row, point, gradient);
                case RIGHT -> judged(rows.right(row), rows.left(row), rows.weight(row), row, point, gradient);
                case TIE -> // half a win of each
                    judged(rows.left(row), rows.right(row), rows.weight(row) / 2, row, point, gradient)
                            + judged(rows.right(row), rows.left(row), rows.weight(row) / 2, row, point, gradient);
            };
        }
        return value;
    }

    private double judged(int winner, int loser, double weight, int row, double[] point, double[] gradient) {
        int annotator = rows.items() + rows.annotator(row);
        double win = Logistic.of(point[winner] - point[loser]);
        double reliability = Logistic.of(point[annotator]);
        double probability = reliability * win + (1 - reliability) * (1 - win);
        double ofDifference = weight * (2 * reliability - 1) * win * (1 - win) / probability;
        gradient[winner] -= ofDifference;
        gradient[loser] += ofDifference;
        gradient[annotator] -= weight * (2 * win - 1) * reliability * (1 - reliability) / probability;
        return -weight * Math.log(probability);
    }
}
