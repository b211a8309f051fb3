package dev.tiebreak.studio.quality;

import dev.tiebreak.statistics.agreement.CategoryCounts;
import dev.tiebreak.statistics.agreement.ItemDisagreement;
import dev.tiebreak.studio.account.AnnotatorId;
import dev.tiebreak.studio.dataset.ComparisonId;
import dev.tiebreak.studio.judgment.Judgment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Votes counted per comparison and gathered per annotator.
final class VoteTally {
    private static final int CATEGORIES = VoteCategory.values().length;
    private static final int STRENGTHS = 7; // −3 to 3

    private final Map<ComparisonId, int[]> categories = new LinkedHashMap<>();
    private final Map<ComparisonId, int[]> strengths = new HashMap<>();
    private final Map<AnnotatorId, List<Judgment>> byAnnotator = new LinkedHashMap<>();

    static VoteTally of(List<Judgment> judgments) {
        VoteTally tally = new VoteTally();
        judgments.forEach(tally::add);
        return tally;
    }

    private void add(Judgment judgment) {
        byAnnotator
                .computeIfAbsent(judgment.annotator(), _ -> new ArrayList<>())
                .add(judgment);
        VoteCategory.of(judgment).ifPresent(category -> {
            categories.computeIfAbsent(judgment.comparison(), _ -> new int[CATEGORIES])[category.ordinal()]++;
            if (category != VoteCategory.BOTH_BAD) {
                strengths.computeIfAbsent(judgment.comparison(), _ -> new int[STRENGTHS])[judgment.strength() + 3]++;
            }
        });
    }

    CategoryCounts categoryCounts() {
        return CategoryCounts.of(CATEGORIES, categories.values());
    }

    CategoryCounts strengthCounts() {
        return CategoryCounts.of(STRENGTHS, strengths.values());
    }

    Map<AnnotatorId, List<Judgment>> byAnnotator() {
        return byAnnotator;
    }

    /// Annotators who voted; skipping is no vote.
    long voters() {
        return byAnnotator.values().stream()
                .filter(own -> own.stream()
                        .anyMatch(judgment -> VoteCategory.of(judgment).isPresent()))
                .count();
    }

    Map<VoteCategory, Long> votesPerCategory() {
        Map<VoteCategory, Long> votes = new EnumMap<>(VoteCategory.class);
        for (VoteCategory category : VoteCategory.values()) {
            votes.put(
                    category,
                    categories.values().stream()
                            .mapToLong(counts -> counts[category.ordinal()])
                            .sum());
        }
        return votes;
    }

    /// Votes of others on this judgment's comparison, and how many of them say the same.
    OthersVotes othersOn(Judgment judgment) {
        int[] counts = categories.getOrDefault(judgment.comparison(), new int[CATEGORIES]);
        return VoteCategory.of(judgment)
                .map(category -> new OthersVotes(
                        counts[category.ordinal()] - 1,
                        Stream.of(VoteCategory.values())
                                        .mapToInt(each -> counts[each.ordinal()])
                                        .sum()
                                - 1))
                .orElse(new OthersVotes(0, 0));
    }

    record OthersVotes(int same, int all) {}

    /// Comparisons on which votes differ: the least agreement first, then the most votes.
    Stream<DisputedComparison> disputed() {
        return categories.entrySet().stream()
                .flatMap(entry -> ItemDisagreement.pairAgreement(entry.getValue()).stream()
                        .filter(agreement -> agreement < 1)
                        .mapToObj(agreement ->
                                new DisputedComparison(entry.getKey(), named(entry.getValue()), agreement)))
                .sorted(Comparator.comparingDouble(DisputedComparison::agreement)
                        .thenComparing(VoteTally::votes, Comparator.reverseOrder())
                        .thenComparing(each -> each.id().value().toString()));
    }

    private static int votes(DisputedComparison comparison) {
        return comparison.votes().values().stream().mapToInt(Integer::intValue).sum();
    }

    private static Map<VoteCategory, Integer> named(int[] counts) {
        Map<VoteCategory, Integer> votes = new EnumMap<>(VoteCategory.class);
        for (VoteCategory category : VoteCategory.values()) {
            if (counts[category.ordinal()] > 0) {
                votes.put(category, counts[category.ordinal()]);
            }
        }
        return votes;
    }
}
