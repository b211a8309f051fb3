package dev.tiebreak.statistics.consistency;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Cycles of three: A over B, B over C, and yet C over A (Kendall & Babington Smith 1940), of one annotator's
/// choices, or of all together by majority.
///
/// With every pair decided there are `d` of at most `(n³ − n)/24` (n odd) or `(n³ − 4n)/24` (n even) cycles,
/// and the coefficient of consistence is `ζ = 1 − d / max`: 1 without contradiction, 0 with as many as can be.
/// Random choices make `n (n − 1) (n − 2) / 24`, a quarter of all triples. As R `eba::circular`. A pair with as
/// many choices one way as the other is undecided. Time grows with n³.
public sealed interface CircularTriads {
    /// A longer list would be read by nobody.
    int MOST_LISTED = 20;

    /// One cycle: `first` over `second` over `third` over `first`; `first` has the smallest number.
    ///
    /// @param margin the smallest of the three majorities, in choices: the larger, the less it is chance
    record Cycle(int first, int second, int third, double margin) {}

    /// Every pair is decided.
    ///
    /// @param circular `d`
    /// @param most cycles that so many items can have
    /// @param zeta `1 − circular / most`
    /// @param strongest up to 20 cycles, of large margins first
    record Complete(int items, long circular, long most, double zeta, List<Cycle> strongest) implements CircularTriads {
        /// Cycles of random choices, on average.
        public double byChance() {
            return Choices.triples(items) / 4.0;
        }

        /// Kendall's statistic `8 / (n − 4) · (chance − d + ½) + df`, large where choices are consistent: about
        /// χ² with [#degreesOfFreedom], for 8 items or more. Only for n above 4.
        public double chiSquared() {
            requireFiveItems();
            return 8.0 / (items - 4) * (byChance() - circular + 0.5) + degreesOfFreedom();
        }

        public double degreesOfFreedom() {
            requireFiveItems();
            double n = items;
            return n * (n - 1) * (n - 2) / ((n - 4) * (n - 4));
        }

        private void requireFiveItems() {
            if (items < 5) {
                throw new IllegalStateException("the χ² of cycles takes 5 items or more, there are " + items);
            }
        }
    }

    /// Some pairs are undecided or were never judged: only triples whose three pairs are decided are counted,
    /// and `ζ`, whose maximum is known for complete designs only, is not given.
    ///
    /// @param circular cycles among the decided triples
    /// @param decided triples with all three pairs decided
    /// @param strongest up to 20 cycles, of large margins first
    record Restricted(int items, long circular, long decided, List<Cycle> strongest) implements CircularTriads {
        /// Share of the decided triples that are cycles; a quarter by chance.
        public double share() {
            return (double) circular / decided;
        }

        /// What was counted, and what was not.
        public String statement() {
            return "%,d of %,d triples have all three pairs decided; only these are counted"
                    .formatted(decided, Choices.triples(items));
        }
    }

    /// @param reason why no cycle could be there, as a person can act on it
    record Undefined(String reason) implements CircularTriads {}

    /// @param chosen `[n, n]`: how often the row was chosen over the column; 0 and 1 for one annotator
    static CircularTriads of(double[][] chosen) {
        var choices = new Choices(chosen);
        int n = choices.items();
        if (n < 3) {
            return new Undefined("a cycle takes at least three items, there are " + n);
        }
        List<Cycle> cycles = new ArrayList<>();
        long circular = 0;
        long decided = 0;
        for (int i = 0; i < n; i++) {
            for (int j = i + 1; j < n; j++) {
                for (int k = j + 1; k < n; k++) {
                    if (choices.decidedAll(i, j, k)) {
                        decided++;
                        if (isCycle(choices, i, j, k)) {
                            circular++;
                            keep(cycles, cycle(choices, i, j, k));
                        }
                    }
                }
            }
        }
        return result(n, circular, decided, strongest(cycles));
    }

    private static CircularTriads result(int n, long circular, long decided, List<Cycle> strongest) {
        if (decided == 0) {
            return new Undefined(
                    "no three items have all three of their pairs decided: let somebody judge the missing pairs");
        }
        if (decided < Choices.triples(n)) {
            return new Restricted(n, circular, decided, strongest);
        }
        long most = most(n);
        return new Complete(n, circular, most, 1 - (double) circular / most, strongest);
    }

    private static long most(long n) {
        return n % 2 == 1 ? n * (n * n - 1) / 24 : n * (n * n - 4) / 24;
    }

    private static boolean isCycle(Choices choices, int i, int j, int k) {
        boolean forward = choices.margin(i, j) > 0;
        return choices.margin(j, k) > 0 == forward && choices.margin(k, i) > 0 == forward;
    }

    private static Cycle cycle(Choices choices, int i, int j, int k) {
        double smallest = Math.min(
                Math.abs(choices.margin(i, j)),
                Math.min(Math.abs(choices.margin(j, k)), Math.abs(choices.margin(k, i))));
        return choices.margin(i, j) > 0 ? new Cycle(i, j, k, smallest) : new Cycle(i, k, j, smallest);
    }

    /// Adds it, and drops the weak ones now and then, so that the list stays short.
    private static void keep(List<Cycle> cycles, Cycle cycle) {
        cycles.add(cycle);
        if (cycles.size() > 50 * MOST_LISTED) {
            List<Cycle> kept = strongest(cycles);
            cycles.clear();
            cycles.addAll(kept);
        }
    }

    private static List<Cycle> strongest(List<Cycle> cycles) {
        return cycles.stream()
                .sorted(Comparator.comparingDouble(Cycle::margin).reversed())
                .limit(MOST_LISTED)
                .toList();
    }
}
