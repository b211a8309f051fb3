package dev.tiebreak.statistics.ranking;

import dev.tiebreak.statistics.numeric.DisjointSets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Whether comparisons tie all items together, found before anything is fitted.
///
/// Strengths have finite maximum likelihood estimates if and only if, however items are split in two groups, somebody
/// of each group won against somebody of the other (Ford 1957): the graph "i won against j, or tied" must be strongly
/// connected (Tarjan 1972, without recursion). A tie counts as a win of either.
///
/// @param components items that comparisons connect, the largest set first; items never compared are not among them
/// @param undefeated sets that were compared with others and never lost to any, nor tied
/// @param winless sets that were compared with others and never won against any, nor tied
/// @param isolated items never compared
public record Connectivity(
        List<List<Integer>> components,
        List<List<Integer>> undefeated,
        List<List<Integer>> winless,
        List<Integer> isolated) {
    /// So many items are named in a reason before it says how many more there are.
    private static final int MOST_NAMED = 12;

    /// Whether all strengths have finite maximum likelihood estimates.
    public boolean estimable() {
        return connected() && undefeated.isEmpty() && winless.isEmpty();
    }

    /// Whether comparisons connect all items, whoever won.
    public boolean connected() {
        return components.size() <= 1 && isolated.isEmpty();
    }

    /// What stands in the way of estimates, for a person; empty when nothing does.
    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        if (!isolated.isEmpty()) {
            problems.add("never compared: " + named(isolated));
        }
        if (components.size() > 1) {
            problems.add("no comparison connects these sets of items: "
                    + components.stream().limit(4).map(Connectivity::named).collect(Collectors.joining(" | "))
                    + (components.size() > 4 ? " | and " + (components.size() - 4) + " more" : ""));
        }
        if (!undefeated.isEmpty()) {
            problems.add("never lost to any other item: " + sets(undefeated));
        }
        if (!winless.isEmpty()) {
            problems.add("never won against any other item: " + sets(winless));
        }
        return problems;
    }

    private static String sets(List<List<Integer>> sets) {
        List<Integer> alone = sets.stream()
                .filter(set -> set.size() == 1)
                .map(List::getFirst)
                .sorted()
                .toList();
        List<String> parts = new ArrayList<>();
        if (!alone.isEmpty()) {
            parts.add(named(alone));
        }
        List<List<Integer>> larger = sets.stream().filter(set -> set.size() > 1).toList();
        larger.stream().limit(4).forEach(set -> parts.add("together " + named(set)));
        if (larger.size() > 4) {
            parts.add("and " + (larger.size() - 4) + " more sets");
        }
        return String.join("; ", parts);
    }

    private static String named(List<Integer> items) {
        String names = items.stream().limit(MOST_NAMED).map(String::valueOf).collect(Collectors.joining(", "));
        return (items.size() == 1 ? "item " : "items ")
                + names
                + (items.size() > MOST_NAMED ? " and " + (items.size() - MOST_NAMED) + " more" : "");
    }

    public static Connectivity of(PairCounts counts) {
        int[] strong = new StrongComponents(counts).find();
        int[] weak = weakComponents(counts);
        List<List<Integer>> sets = grouped(weak);
        List<List<Integer>> components = sets.stream()
                .filter(set -> set.size() > 1)
                .sorted(Comparator.comparingInt((List<Integer> set) -> -set.size()))
                .toList();
        List<Integer> isolated =
                sets.stream().filter(set -> set.size() == 1).map(List::getFirst).toList();
        boolean[] loses = new boolean[counts.items()];
        boolean[] wins = new boolean[counts.items()];
        boolean[] compared = new boolean[counts.items()];
        for (int lower = 0; lower < counts.items(); lower++) {
            for (int pair = counts.start(lower); pair < counts.end(lower); pair++) {
                int a = strong[lower];
                int b = strong[counts.higher(pair)];
                if (a != b) {
                    compared[a] = true;
                    compared[b] = true;
                    boolean lowerWon = beats(counts.winsOfLower(pair), counts.ties(pair));
                    wins[lowerWon ? a : b] = true;
                    loses[lowerWon ? b : a] = true;
                }
            }
        }
        List<List<Integer>> strongSets = grouped(strong);
        return new Connectivity(
                components,
                strongSets.stream()
                        .filter(set -> compared[strong[set.getFirst()]] && !loses[strong[set.getFirst()]])
                        .toList(),
                strongSets.stream()
                        .filter(set -> compared[strong[set.getFirst()]] && !wins[strong[set.getFirst()]])
                        .toList(),
                isolated);
    }

    private static boolean beats(double wins, double ties) {
        return wins + ties > 0;
    }

    /// Items by component, each set ascending, sets by their first item.
    private static List<List<Integer>> grouped(int[] component) {
        List<List<Integer>> sets = new ArrayList<>();
        int[] place = new int[component.length];
        Arrays.fill(place, -1);
        for (int item = 0; item < component.length; item++) {
            int set = component[item];
            if (place[set] < 0) {
                place[set] = sets.size();
                sets.add(new ArrayList<>());
            }
            sets.get(place[set]).add(item);
        }
        return sets.stream().map(List::copyOf).toList();
    }

    /// The lowest item of each item's component.
    private static int[] weakComponents(PairCounts counts) {
        DisjointSets sets = new DisjointSets(counts.items());
        for (int lower = 0; lower < counts.items(); lower++) {
            for (int pair = counts.start(lower); pair < counts.end(lower); pair++) {
                sets.join(lower, counts.higher(pair));
            }
        }
        return IntStream.range(0, counts.items()).map(sets::lowest).toArray();
    }

    /// Tarjan's algorithm with a stack of its own: recursion would overflow on a chain of 10⁵ items.
    private static final class StrongComponents {
        private final PairCounts counts;
        private final int[] index;
        private final int[] low;
        private final int[] component;
        /// Next edge to follow of each open item: pairs with higher items first, then places with lower ones.
        private final int[] next;
        private final Deque<Integer> open = new ArrayDeque<>();
        private final Deque<Integer> path = new ArrayDeque<>();
        private int visited;

        StrongComponents(PairCounts counts) {
            this.counts = counts;
            index = new int[counts.items()];
            low = new int[counts.items()];
            next = new int[counts.items()];
            component = new int[counts.items()];
            Arrays.fill(component, -1);
        }

        int[] find() {
            for (int item = 0; item < index.length; item++) {
                if (index[item] == 0) {
                    from(item);
                }
            }
            return component;
        }

        private void from(int root) {
            enter(root);
            while (!path.isEmpty()) {
                int item = path.peek();
                int beaten = nextBeaten(item);
                if (beaten < 0) {
                    leave(item);
                } else if (index[beaten] == 0) {
                    enter(beaten);
                } else if (component[beaten] < 0) {
                    low[item] = Math.min(low[item], index[beaten]);
                }
            }
        }

        private void enter(int item) {
            index[item] = ++visited;
            low[item] = visited;
            open.push(item);
            path.push(item);
        }

        private void leave(int item) {
            path.pop();
            if (!path.isEmpty()) {
                int before = path.peek();
                low[before] = Math.min(low[before], low[item]);
            }
            if (low[item] == index[item]) {
                int member;
                do {
                    member = open.pop();
                    component[member] = item;
                } while (member != item);
            }
        }

        private int nextBeaten(int item) {
            int pairs = counts.end(item) - counts.start(item);
            int all = pairs + counts.lowerEnd(item) - counts.lowerStart(item);
            while (next[item] < all) {
                int edge = next[item]++;
                if (edge < pairs) {
                    int pair = counts.start(item) + edge;
                    if (beats(counts.winsOfLower(pair), counts.ties(pair))) {
                        return counts.higher(pair);
                    }
                } else {
                    int place = counts.lowerStart(item) + edge - pairs;
                    int pair = counts.lowerPair(place);
                    if (beats(counts.winsOfHigher(pair), counts.ties(pair))) {
                        return counts.lowerItem(place);
                    }
                }
            }
            return -1;
        }
    }
}
