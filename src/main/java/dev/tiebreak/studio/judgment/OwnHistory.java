package dev.tiebreak.studio.judgment;

import dev.tiebreak.studio.account.AnnotatorId;
import dev.tiebreak.studio.account.CurrentAccount;
import dev.tiebreak.studio.account.Role;
import dev.tiebreak.studio.dataset.Comparison;
import dev.tiebreak.studio.dataset.ComparisonId;
import dev.tiebreak.studio.dataset.Comparisons;
import dev.tiebreak.studio.dataset.ProjectId;
import jakarta.annotation.security.RolesAllowed;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;

/// The judgments of whoever is signed in. Whose they are is never asked: nobody reaches another's.
@Service
@RolesAllowed({Role.Names.ANNOTATOR, Role.Names.DATA_LEAD, Role.Names.ADMINISTRATOR})
public class OwnHistory {
    private final CurrentJudgments current;
    private final JudgmentService judgments;
    private final Comparisons comparisons;
    private final Workplaces workplaces;
    private final CurrentAccount account;
    private final InstantSource clock;

    OwnHistory(
            CurrentJudgments current,
            JudgmentService judgments,
            Comparisons comparisons,
            Workplaces workplaces,
            CurrentAccount account,
            InstantSource clock) {
        this.current = current;
        this.judgments = judgments;
        this.comparisons = comparisons;
        this.workplaces = workplaces;
        this.account = account;
        this.clock = clock;
    }

    /// The newest first; what was taken back is not among them.
    public List<OwnJudgment> page(HistoryFilter filter, int offset, int limit) {
        List<CurrentJudgments.Recorded> page = current.newestOf(me(), filter, offset, limit);
        Map<ComparisonId, Comparison> texts =
                comparisons
                        .findAll(page.stream()
                                .map(each -> each.judgment().comparison())
                                .toList())
                        .stream()
                        .collect(Collectors.toMap(Comparison::id, Function.identity()));
        Map<ProjectId, Duration> reopenFor = new HashMap<>();
        return page.stream()
                .map(each -> own(
                        each.judgment(),
                        Objects.requireNonNull(texts.get(each.judgment().comparison())),
                        each.at()
                                .plus(reopenFor.computeIfAbsent(
                                        each.judgment().project(),
                                        project -> workplaces.of(project).reopenFor()))))
                .toList();
    }

    public int count(HistoryFilter filter) {
        return Math.toIntExact(current.countOf(me(), filter));
    }

    /// What a judgment was about: empty when it is not the caller's own, or was taken back.
    public Optional<Shown> shown(JudgmentId id) {
        return current.find(id, me())
                .flatMap(judgment -> comparisons
                        .find(judgment.comparison())
                        .map(comparison -> new Shown(comparison, aStoodLeft(judgment, comparison))));
    }

    /// A comparison as it stood on the screen.
    public record Shown(Comparison comparison, boolean aStoodLeft) {
        public String left() {
            return (aStoodLeft ? comparison.a() : comparison.b()).text();
        }

        public String right() {
            return (aStoodLeft ? comparison.b() : comparison.a()).text();
        }
    }

    /// Takes a judgment back, as undo on the board does: a row of its own supersedes it, and the comparison is held
    /// for the caller again.
    ///
    /// @return the project on whose board it waits; empty when the time is over, when others have taken the
    ///         comparison, and when it is no judgment of the caller
    public Optional<ProjectId> reopen(JudgmentId id) {
        return current.find(id, me()).map(Judgment::project).filter(project -> isReopened(project, id));
    }

    private boolean isReopened(ProjectId project, JudgmentId id) {
        return judgments.submit(project, me(), new Submission.Undo(new JudgmentId(UUID.randomUUID()), id))
                instanceof Outcome.Undone;
    }

    private OwnJudgment own(Judgment judgment, Comparison comparison, Instant till) {
        return new OwnJudgment(
                judgment.id(),
                judgment.project(),
                comparison.prompt().turns().getLast().content(),
                Choice.pressed(judgment.verdict(), judgment.strength(), aStoodLeft(judgment, comparison)),
                judgment.reason(),
                judgment.activeTime(),
                judgment.at(),
                Optional.of(till).filter(end -> end.isAfter(clock.instant())));
    }

    private static boolean aStoodLeft(Judgment judgment, Comparison comparison) {
        return judgment.left().map(comparison.a().id()::equals).orElse(true);
    }

    private AnnotatorId me() {
        return account.require().id().asAnnotator();
    }
}
