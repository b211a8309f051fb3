package dev.tiebreak.statistics.agreement;

import java.util.OptionalDouble;

/// How much the labels of one item disagree.
public final class ItemDisagreement {

    private ItemDisagreement() {}

    /// Shannon entropy of the labels' shares, in bits; 0 for an item without labels.
    public static double entropyBits(int... counts) {
        double labels = sum(counts);
        double entropy = 0;
        for (int count : counts) {
            if (count > 0) {
                entropy -= count / labels * Math.log(count / labels) / Math.log(2);
            }
        }
        return entropy;
    }

    /// Share of label pairs that are the same; empty with fewer than two labels.
    public static OptionalDouble pairAgreement(int... counts) {
        double labels = sum(counts);
        if (labels < 2) {
            return OptionalDouble.empty();
        }
        double agreeing = 0;
        for (int count : counts) {
            agreeing += count * (count - 1.0);
        }
        return OptionalDouble.of(agreeing / (labels * (labels - 1)));
    }

    private static double sum(int... counts) {
        double sum = 0;
        for (int count : counts) {
            sum += count;
        }
        return sum;
    }
}
