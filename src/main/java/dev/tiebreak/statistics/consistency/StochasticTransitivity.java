package dev.tiebreak.statistics.consistency;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/// How many triples of items break weak, moderate and strong stochastic transitivity.
///
/// With `p_ij` the share of choices of i over j, a triple in an order with `p_ij ≥ ½` and `p_jk ≥ ½` is weakly
/// transitive if `p_ik ≥ ½`, moderately if `p_ik ≥ min(p_ij, p_jk)`, strongly if `p_ik ≥ max(p_ij, p_jk)`.
/// Where shares of exactly ½ allow several orders, the one that keeps most counts: each triple breaks a law at
/// most once. As R `eba::strans`. Breaking weak transitivity means that no order of the three fits the
/// majorities; strong transitivity is what Bradley–Terry implies, and chance alone breaks it often where there
/// are few choices a pair.
public sealed interface StochasticTransitivity {

    /// @param weak triples that break weak transitivity, and so the other two
    /// @param moderate triples that break moderate transitivity, and so strong
    /// @param strong triples that break strong transitivity
    /// @param triples that were looked at: all whose three pairs were judged
    /// @param items of which the triples are
    record Violations(long weak, long moderate, long strong, long triples, int items)
            implements StochasticTransitivity {
        /// What was looked at, and what was not.
        public String statement() {
            return "%,d of %,d triples have all three pairs judged; only these are looked at"
                    .formatted(triples, Choices.triples(items));
        }
    }

    /// @param reason why there is nothing to count, as a person can act on it
    record Undefined(String reason) implements StochasticTransitivity {}

    /// @param chosen `[n, n]`: how often the row was chosen over the column
    static StochasticTransitivity of(double[][] chosen) {
        var choices = new Choices(chosen);
        int n = choices.items();
        if (n < 3) {
            return new Undefined("transitivity takes at least three items, there are " + n);
        }
        long[] keeping = new long[Law.values().length]; // triples by the strongest law they keep
        for (int i = 0; i < n; i++) {
            for (int j = i + 1; j < n; j++) {
                for (int k = j + 1; k < n; k++) {
                    if (choices.judgedAll(i, j, k)) {
                        keeping[strongestKept(choices, i, j, k).ordinal()]++;
                    }
                }
            }
        }
        return result(keeping, n);
    }

    private static StochasticTransitivity result(long[] keeping, int n) {
        long triples = Arrays.stream(keeping).sum();
        long weak = keeping[Law.NONE.ordinal()];
        long moderate = weak + keeping[Law.WEAK.ordinal()];
        long strong = moderate + keeping[Law.MODERATE.ordinal()];
        return triples == 0
                ? new Undefined("no three items have all three of their pairs judged: let somebody judge them")
                : new Violations(weak, moderate, strong, triples, n);
    }

    /// The strongest law kept in any of the six orders.
    private static Law strongestKept(Choices choices, int i, int j, int k) {
        return Collections.max(List.of(
                kept(choices, i, j, k),
                kept(choices, i, k, j),
                kept(choices, j, i, k),
                kept(choices, j, k, i),
                kept(choices, k, i, j),
                kept(choices, k, j, i)));
    }

    private static Law kept(Choices choices, int first, int second, int third) {
        double upper = choices.share(first, second);
        double lower = choices.share(second, third);
        double across = choices.share(first, third);
        if (upper < 0.5 || lower < 0.5 || across < 0.5) {
            return Law.NONE;
        }
        if (across >= Math.max(upper, lower)) {
            return Law.STRONG;
        }
        return across >= Math.min(upper, lower) ? Law.MODERATE : Law.WEAK;
    }
}

/// What a triple can keep, the weakest first; who keeps one keeps those before it.
enum Law {
    NONE,
    WEAK,
    MODERATE,
    STRONG
}
