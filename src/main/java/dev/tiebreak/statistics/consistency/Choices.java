package dev.tiebreak.statistics.consistency;

/// How often each item was chosen over each other, of one annotator or of all together.
///
/// @param counts `[n, n]`: row over column; halves may stand for ties; the diagonal is not read
record Choices(double[][] counts) {

    Choices {
        for (double[] row : counts) {
            if (row.length != counts.length) {
                throw new IllegalArgumentException(counts.length + " items, but a row of " + row.length + " counts");
            }
        }
        for (int i = 0; i < counts.length; i++) {
            for (int j = 0; j < counts.length; j++) {
                if (i != j && !(counts[i][j] >= 0 && counts[i][j] < Double.POSITIVE_INFINITY)) {
                    throw new IllegalArgumentException("item " + i + " over " + j + ": " + counts[i][j] + " times");
                }
            }
        }
    }

    int items() {
        return counts.length;
    }

    double judged(int one, int other) {
        return counts[one][other] + counts[other][one];
    }

    /// How many choices more than the other way round; 0 where undecided or never judged.
    double margin(int over, int under) {
        return counts[over][under] - counts[under][over];
    }

    /// Share of the choices of this pair that went to `over`; only of pairs that were judged.
    double share(int over, int under) {
        return counts[over][under] / judged(over, under);
    }

    boolean judgedAll(int first, int second, int third) {
        return judged(first, second) > 0 && judged(second, third) > 0 && judged(first, third) > 0;
    }

    boolean decidedAll(int first, int second, int third) {
        return margin(first, second) != 0 && margin(second, third) != 0 && margin(first, third) != 0;
    }

    /// `n (n − 1) (n − 2) / 6`.
    static long triples(long items) {
        return items * (items - 1) * (items - 2) / 6;
    }
}
