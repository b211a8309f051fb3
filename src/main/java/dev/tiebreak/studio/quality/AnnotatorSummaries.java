package dev.tiebreak.studio.quality;

import dev.tiebreak.statistics.Estimate;
import dev.tiebreak.statistics.hypothesis.WilsonInterval;
import dev.tiebreak.studio.account.AnnotatorId;
import dev.tiebreak.studio.dataset.ComparisonId;
import dev.tiebreak.studio.dataset.CompletionId;
import dev.tiebreak.studio.dataset.Verdict;
import dev.tiebreak.studio.judgment.Judgment;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/// Looks at the votes annotator by annotator.
///
/// @param completionA completion a of each comparison
record AnnotatorSummaries(
        VoteTally tally,
        Map<ComparisonId, CompletionId> completionA,
        CheckResults checks,
        Function<AnnotatorId, String> names) {

    /// The most votes first.
    List<AnnotatorSummary> all() {
        return tally.byAnnotator().entrySet().stream()
                .map(entry -> summary(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparingInt(AnnotatorSummary::votes)
                        .reversed()
                        .thenComparing(AnnotatorSummary::name))
                .toList();
    }

    private AnnotatorSummary summary(AnnotatorId annotator, List<Judgment> judgments) {
        List<Judgment> votes = judgments.stream()
                .filter(judgment -> VoteCategory.of(judgment).isPresent())
                .toList();
        return new AnnotatorSummary(
                annotator,
                names.apply(annotator),
                votes.size(),
                judgments.size() - votes.size(),
                leftShare(votes),
                meanActive(votes),
                agreement(votes),
                checks.selfConsistency(annotator),
                checks.goldAccuracy(annotator),
                checks.attention(annotator));
    }

    private Estimate leftShare(List<Judgment> votes) {
        List<Boolean> leftPreferred = votes.stream()
                .filter(vote -> vote.verdict() == Verdict.PREFERENCE)
                .flatMap(vote -> leftPreferred(vote).stream())
                .toList();
        return WilsonInterval.of(
                leftPreferred.stream().filter(Boolean::booleanValue).count(), leftPreferred.size(), 0.95);
    }

    private Optional<Boolean> leftPreferred(Judgment vote) {
        return vote.left()
                .flatMap(left -> Optional.ofNullable(completionA.get(vote.comparison()))
                        .map(a -> left.equals(a) == vote.strength() > 0));
    }

    private static Optional<Duration> meanActive(List<Judgment> votes) {
        OptionalDouble millis = votes.stream()
                .flatMap(vote -> vote.activeTime().stream())
                .mapToLong(Duration::toMillis)
                .average();
        return millis.isPresent() ? Optional.of(Duration.ofMillis(Math.round(millis.getAsDouble()))) : Optional.empty();
    }

    private Estimate agreement(List<Judgment> votes) {
        long same = 0;
        long all = 0;
        for (Judgment vote : votes) {
            VoteTally.OthersVotes others = tally.othersOn(vote);
            same += others.same();
            all += others.all();
        }
        return all == 0
                ? new Estimate.Undefined("nobody else has voted on the same comparisons")
                : new Estimate.WithoutInterval(
                        (double) same / all, "vote pairs on one comparison depend on each other");
    }
}
