package dev.tiebreak.studio.quality;

import dev.tiebreak.statistics.Estimate;
import dev.tiebreak.statistics.hypothesis.WilsonInterval;
import dev.tiebreak.studio.account.AnnotatorId;
import dev.tiebreak.studio.assignment.GoldItem;
import dev.tiebreak.studio.assignment.Purpose;
import dev.tiebreak.studio.dataset.ComparisonId;
import dev.tiebreak.studio.judgment.Judgment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What hidden repeats, gold items and attention checks say of annotators. A check that was skipped says nothing.
final class CheckResults {
    private static final double CONFIDENCE = 0.95;

    private final Map<AnnotatorId, List<Judgment>> byAnnotator;
    private final Map<ComparisonId, GoldItem> gold;

    /// @param judgments current ones of any purpose
    CheckResults(List<Judgment> judgments, List<GoldItem> gold) {
        this.byAnnotator = judgments.stream().collect(Collectors.groupingBy(Judgment::annotator));
        this.gold = gold.stream().collect(Collectors.toMap(GoldItem::comparison, Function.identity()));
    }

    /// Share of repeats on which the annotator said what they had said before: the same completion, a tie, or both bad.
    Estimate selfConsistency(AnnotatorId annotator) {
        Map<ComparisonId, VoteCategory> before = new HashMap<>();
        votes(annotator, Purpose.REGULAR)
                .forEach(vote -> VoteCategory.of(vote).ifPresent(said -> before.put(vote.comparison(), said)));
        List<Boolean> same = new ArrayList<>();
        votes(annotator, Purpose.REPEAT)
                .filter(vote -> before.containsKey(vote.comparison()))
                .forEach(vote ->
                        VoteCategory.of(vote).ifPresent(said -> same.add(said == before.get(vote.comparison()))));
        return share(same);
    }

    /// Share of gold items, attention checks aside, on which the annotator said what is expected.
    Estimate goldAccuracy(AnnotatorId annotator) {
        return accuracy(annotator, Purpose.GOLD);
    }

    Estimate attention(AnnotatorId annotator) {
        return accuracy(annotator, Purpose.ATTENTION);
    }

    private Estimate accuracy(AnnotatorId annotator, Purpose purpose) {
        List<Boolean> right = new ArrayList<>();
        votes(annotator, purpose)
                .forEach(vote -> Optional.ofNullable(gold.get(vote.comparison()))
                        .ifPresent(item -> VoteCategory.of(vote)
                                .ifPresent(said -> right.add(said == VoteCategory.of(item.expected())))));
        return share(right);
    }

    private Stream<Judgment> votes(AnnotatorId annotator, Purpose purpose) {
        return byAnnotator.getOrDefault(annotator, List.of()).stream().filter(vote -> vote.purpose() == purpose);
    }

    private static Estimate share(List<Boolean> outcomes) {
        return WilsonInterval.of(outcomes.stream().filter(Boolean::booleanValue).count(), outcomes.size(), CONFIDENCE);
    }
}
