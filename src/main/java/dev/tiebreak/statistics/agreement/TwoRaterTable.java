package dev.tiebreak.statistics.agreement;

import dev.tiebreak.statistics.Estimate;
import dev.tiebreak.statistics.Labels;
import java.util.Arrays;

/// Which category one annotator (rows) and another (columns) gave to the items that both labelled.
public final class TwoRaterTable {
    private final long[][] counts;
    private final long items;

    private TwoRaterTable(long[][] counts) {
        this.counts = counts;
        this.items = Arrays.stream(counts).flatMapToLong(Arrays::stream).sum();
    }

    /// @param counts `[categories, categories]`, rows of the first annotator, none below 0
    public static TwoRaterTable of(long[][] counts) {
        long[][] copy = new long[counts.length][];
        for (int row = 0; row < counts.length; row++) {
            if (counts[row].length != counts.length
                    || Arrays.stream(counts[row]).anyMatch(count -> count < 0)) {
                throw new IllegalArgumentException("a square table of counts is needed, row " + (row + 1) + " of "
                        + counts.length + " is " + Arrays.toString(counts[row]));
            }
            copy[row] = counts[row].clone();
        }
        return new TwoRaterTable(copy);
    }

    /// What two annotators gave to the items that both labelled; see [AnnotatorPairs] for all pairs at once.
    public static TwoRaterTable of(Labels labels, int first, int second) {
        long[][] counts = new long[labels.categories()][labels.categories()];
        for (int item = 0; item < labels.items(); item++) {
            for (int row = labels.start(item); row < labels.end(item); row++) {
                for (int column = labels.start(item); column < labels.end(item); column++) {
                    if (labels.annotator(row) == first && labels.annotator(column) == second) {
                        counts[labels.category(row)][labels.category(column)]++;
                    }
                }
            }
        }
        return new TwoRaterTable(counts);
    }

    public int categories() {
        return counts.length;
    }

    public long items() {
        return items;
    }

    public long count(int row, int column) {
        return counts[row][column];
    }

    /// Share of each category among the labels of the first annotator; all 0 without items.
    public double[] rowShares() {
        double[] shares = new double[counts.length];
        for (int row = 0; row < shares.length; row++) {
            shares[row] = (double) Arrays.stream(counts[row]).sum() / Math.max(1, items);
        }
        return shares;
    }

    /// Share of each category among the labels of the second annotator; all 0 without items.
    public double[] columnShares() {
        double[] shares = new double[counts.length];
        for (int column = 0; column < shares.length; column++) {
            long sum = 0;
            for (long[] row : counts) {
                sum += row[column];
            }
            shares[column] = (double) sum / Math.max(1, items);
        }
        return shares;
    }

    /// The same items without who said what, for coefficients that treat both annotators alike.
    public CategoryCounts counts() {
        CategoryCounts.Builder builder = CategoryCounts.builder(counts.length);
        for (int row = 0; row < counts.length; row++) {
            for (int column = 0; column < counts.length; column++) {
                if (counts[row][column] > 0) {
                    int[] labels = new int[counts.length];
                    labels[row]++;
                    labels[column]++;
                    builder.addItems(counts[row][column], labels);
                }
            }
        }
        return builder.build();
    }

    /// Agreement on the category alone: `2 n_cc / (n_c· + n_·c)`. Of a table of two categories the positive and
    /// the negative agreement (Cicchetti & Feinstein 1990). Undefined where nobody chose it.
    public Estimate specificAgreement(int category) {
        double chosen = (rowShares()[category] + columnShares()[category]) * items;
        return chosen == 0
                ? new Estimate.Undefined("nobody chose this category")
                : new Estimate.WithoutInterval(
                        2 * counts[category][category] / chosen, AgreementCoefficient.NO_INTERVAL_ASKED);
    }

    /// `(n_11 − n_22) / n` of a table of two categories (Byrt, Bishop & Carlin 1993): far from 0, κ is low
    /// however much is agreed. Undefined without items.
    public Estimate prevalenceIndex() {
        requireTwoCategories();
        return share(counts[0][0] - counts[1][1]);
    }

    /// `(n_12 − n_21) / n` of a table of two categories (Byrt, Bishop & Carlin 1993): far from 0, the two choose
    /// the first category unequally often. Undefined without items.
    public Estimate biasIndex() {
        requireTwoCategories();
        return share(counts[0][1] - counts[1][0]);
    }

    /// Prevalence- and bias-adjusted κ, `2 p_o − 1` (Byrt, Bishop & Carlin 1993): Bennett's S of two categories.
    public Estimate pabak(double confidence) {
        requireTwoCategories();
        return BrennanPrediger.unweighted().of(this, confidence);
    }

    private Estimate share(long difference) {
        return items == 0
                ? new Estimate.Undefined(Reasons.NO_COMMON_ITEM)
                : new Estimate.WithoutInterval((double) difference / items, AgreementCoefficient.NO_INTERVAL_ASKED);
    }

    private void requireTwoCategories() {
        if (counts.length != 2) {
            throw new IllegalArgumentException("only a table of two categories has this index, got " + counts.length);
        }
    }
}
