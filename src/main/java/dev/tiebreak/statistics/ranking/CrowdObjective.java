package dev.tiebreak.statistics.ranking;

import dev.tiebreak.statistics.numeric.Lbfgs;

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
            double win = win(point[item]);
            value -= ghost * (logWin(point[item]) + logWin(-point[item]));
            gradient[item] = ghost * (2 * win - 1);
        }
        for (int annotator = rows.items(); annotator < point.length; annotator++) {
            double reliability = win(point[annotator]);
            value -= right * logWin(point[annotator]) + wrong * logWin(-point[annotator]);
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
        double win = win(point[winner] - point[loser]);
        double reliability = win(point[annotator]);
        double probability = reliability * win + (1 - reliability) * (1 - win);
        double ofDifference = weight * (2 * reliability - 1) * win * (1 - win) / probability;
        gradient[winner] -= ofDifference;
        gradient[loser] += ofDifference;
        gradient[annotator] -= weight * (2 * win - 1) * reliability * (1 - reliability) / probability;
        return -weight * Math.log(probability);
    }

    static double win(double difference) {
        return 1 / (1 + Math.exp(-difference));
    }

    private static double logWin(double difference) {
        return difference > 0 ? -Math.log1p(Math.exp(-difference)) : difference - Math.log1p(Math.exp(difference));
    }
}
