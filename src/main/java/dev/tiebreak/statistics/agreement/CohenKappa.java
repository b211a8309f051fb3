package dev.tiebreak.statistics.agreement;

import dev.tiebreak.statistics.Estimate;

/// Cohen's κ of two annotators, `(p_o − p_e) / (1 − p_e)` with `p_e = Σ_ck w_ck p_c· p_·k`: chance agreement is
/// that of annotators who each keep their own shares (Cohen 1960; with weights Cohen 1968).
///
/// The standard error is that of Fleiss, Cohen & Everitt (1969), true also where κ is not 0. Intervals are as
/// [AnalyticCoefficient] says. Undefined without common items, or where both gave all items one and the same
/// category.
public final class CohenKappa {
    private final Weights weights;

    private CohenKappa(Weights weights) {
        this.weights = weights;
    }

    public static CohenKappa unweighted() {
        return weighted(Weights.identity());
    }

    public static CohenKappa weighted(Weights weights) {
        return new CohenKappa(weights);
    }

    /// What κ is made of.
    ///
    /// @param observed `p_o`, 0 without items
    /// @param expected `p_e`
    public record Parts(double observed, double expected) {}

    public Parts parts(TwoRaterTable table) {
        return parts(table, weights.matrix(table.categories()));
    }

    public Estimate of(TwoRaterTable table) {
        if (table.items() == 0) {
            return new Estimate.Undefined(Reasons.NO_COMMON_ITEM);
        }
        Parts parts = parts(table);
        return parts.expected > 1 - 1e-12
                ? new Estimate.Undefined(Reasons.ONE_CATEGORY)
                : new Estimate.WithoutInterval(
                        (parts.observed - parts.expected) / (1 - parts.expected),
                        AgreementCoefficient.NO_INTERVAL_ASKED);
    }

    /// @param confidence between 0 and 1
    public Estimate of(TwoRaterTable table, double confidence) {
        Estimate estimate = of(table);
        return estimate.point().isEmpty() ? estimate : linearised(table).interval(confidence);
    }

    /// The largest κ that these shares allow, `(Σ_c min(p_c·, p_·c) − p_e) / (1 − p_e)`, without weights (Cohen
    /// 1960).
    public static Estimate max(TwoRaterTable table) {
        Estimate kappa = unweighted().of(table);
        if (kappa.point().isEmpty()) {
            return kappa;
        }
        double most = 0;
        for (int category = 0; category < table.categories(); category++) {
            most += Math.min(table.rowShares()[category], table.columnShares()[category]);
        }
        double chance = unweighted().parts(table).expected;
        return new Estimate.WithoutInterval((most - chance) / (1 - chance), AgreementCoefficient.NO_INTERVAL_ASKED);
    }

    Linearised linearised(TwoRaterTable table) {
        double[][] added = added(table);
        double squares = 0;
        for (int row = 0; row < added.length; row++) {
            for (int column = 0; column < added.length; column++) {
                squares += table.count(row, column) * added[row][column] * added[row][column];
            }
        }
        double items = table.items();
        double variance = squares * items / Math.max(1, items - 1);
        return new Linearised(of(table).point().orElseThrow(), variance, table.items(), table.items()).ofTable();
    }

    /// What one item of each cell adds to κ: `(w_ck − (1 − κ)(w̄_c· + w̄_·k) − mean) / (n (1 − p_e))`.
    double[][] added(TwoRaterTable table) {
        double[][] matrix = weights.matrix(table.categories());
        Parts parts = parts(table, matrix);
        double[] rows = table.rowShares();
        double[] columns = table.columnShares();
        double distance = (1 - parts.observed) / (1 - parts.expected);
        double mean = parts.observed - 2 * distance * parts.expected;
        double[][] added = new double[matrix.length][matrix.length];
        for (int c = 0; c < added.length; c++) {
            for (int k = 0; k < added.length; k++) {
                double ofChance = 0;
                for (int j = 0; j < added.length; j++) {
                    ofChance += matrix[c][j] * columns[j] + matrix[j][k] * rows[j];
                }
                added[c][k] = (matrix[c][k] - distance * ofChance - mean) / (table.items() * (1 - parts.expected));
            }
        }
        return added;
    }

    private static Parts parts(TwoRaterTable table, double[][] matrix) {
        double[] rows = table.rowShares();
        double[] columns = table.columnShares();
        double observed = 0;
        double expected = 0;
        for (int c = 0; c < matrix.length; c++) {
            for (int k = 0; k < matrix.length; k++) {
                observed += matrix[c][k] * table.count(c, k);
                expected += matrix[c][k] * rows[c] * columns[k];
            }
        }
        return new Parts(observed / Math.max(1, table.items()), expected);
    }
}
