package dev.tiebreak.studio.judgment;

import dev.tiebreak.studio.assignment.Lease;
import dev.tiebreak.studio.assignment.Progress;
import dev.tiebreak.studio.dataset.Comparison;
import dev.tiebreak.studio.dataset.Turn;
import dev.tiebreak.studio.rubric.Criterion;
import dev.tiebreak.studio.rubric.Rubric;
import dev.tiebreak.studio.rubric.RubricExample;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What the board is told, as JSON. Nothing in here says where a completion comes from, how
/// others voted, or why somebody is asked.
final class BoardAnswers {

    private BoardAnswers() {}

    record Board(
            ProjectAnswer project,
            AnnotatorAnswer annotator,
            @Nullable RubricAnswer rubric,
            @Nullable RubricChangeAnswer rubricChanged,
            ProgressAnswer progress,
            long undoSeconds) {}

    record ProjectAnswer(UUID id, String name, String description) {}

    record AnnotatorAnswer(UUID id, String name) {}

    record RubricAnswer(
            String key,
            int version,
            String title,
            String summary,
            String instructions,
            List<Criterion> criteria,
            List<RubricExample> examples,
            List<String> skipReasons) {
        static RubricAnswer of(Rubric rubric) {
            return new RubricAnswer(
                    rubric.key().value(),
                    rubric.version(),
                    rubric.title(),
                    rubric.summary(),
                    rubric.guidance(),
                    rubric.criteria(),
                    rubric.examples(),
                    rubric.skipReasons());
        }
    }

    /// That the rubric says something else than when this annotator last looked at it.
    ///
    /// @param since the version they know
    /// @param parts what changed, such as `INSTRUCTIONS` or `CRITERION`
    record RubricChangeAnswer(int since, List<String> parts) {
        static RubricChangeAnswer of(OwnRubrics.Changed changed) {
            return new RubricChangeAnswer(
                    changed.known().version(),
                    changed.changes().stream()
                            .map(change -> change.part().name())
                            .distinct()
                            .toList());
        }
    }

    record ProgressAnswer(long done, long available, long total) {
        static ProgressAnswer of(Progress progress) {
            return new ProgressAnswer(progress.done(), progress.available(), progress.total());
        }
    }

    /// @param comparison what the screen calls it; not its id, by which a repeat could be told
    record LeaseAnswer(UUID id, UUID comparison, List<Turn> turns, String left, String right, Instant expiresAt) {
        static LeaseAnswer of(Lease lease, Comparison comparison) {
            boolean aLeft = lease.left().equals(comparison.a().id());
            return new LeaseAnswer(
                    lease.id().value(),
                    lease.handle(),
                    comparison.prompt().turns(),
                    (aLeft ? comparison.a() : comparison.b()).text(),
                    (aLeft ? comparison.b() : comparison.a()).text(),
                    lease.expiresAt());
        }
    }

    record Leases(List<LeaseAnswer> leases, ProgressAnswer progress) {}

    record Result(
            UUID id,
            String status,
            @Nullable String message,
            @Nullable LeaseAnswer lease) {}

    record Results(List<Result> results, ProgressAnswer progress) {}
}
