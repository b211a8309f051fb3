package dev.tiebreak.studio.judgment;

import dev.tiebreak.studio.account.AnnotatorId;
import dev.tiebreak.studio.assignment.AssignmentService;
import dev.tiebreak.studio.assignment.Lease;
import dev.tiebreak.studio.assignment.StaleLeaseException;
import dev.tiebreak.studio.dataset.Comparison;
import dev.tiebreak.studio.dataset.Comparisons;
import dev.tiebreak.studio.dataset.CompletionId;
import dev.tiebreak.studio.dataset.Project;
import dev.tiebreak.studio.dataset.ProjectId;
import dev.tiebreak.studio.dataset.ProjectService;
import dev.tiebreak.studio.dataset.Verdict;
import dev.tiebreak.studio.judgment.Submission.Decision;
import dev.tiebreak.studio.judgment.Submission.Undo;
import dev.tiebreak.studio.rubric.Rubric;
import dev.tiebreak.studio.rubric.RubricKey;
import dev.tiebreak.studio.rubric.RubricService;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalDouble;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/// Appends what annotators decide. Each submission is a transaction of its own: once it is answered it is on disk, and
/// one that is refused stops no other.
@Service
class JudgmentService {
    static final int LONGEST_REASON = 4000;
    private static final Duration LONGEST_ACTIVE = Duration.ofHours(12);
    private static final Duration LONGEST_WAIT = Duration.ofDays(365);

    private final JudgmentLog log;
    private final AssignmentService assignments;
    private final Comparisons comparisons;
    private final ProjectService projects;
    private final RubricService rubrics;
    private final Workplaces workplaces;
    private final ApplicationEventPublisher events;
    private final TransactionTemplate transactions;
    private final InstantSource clock;

    JudgmentService(
            JudgmentLog log,
            AssignmentService assignments,
            Comparisons comparisons,
            ProjectService projects,
            RubricService rubrics,
            Workplaces workplaces,
            ApplicationEventPublisher events,
            TransactionTemplate transactions,
            InstantSource clock) {
        this.log = log;
        this.assignments = assignments;
        this.comparisons = comparisons;
        this.projects = projects;
        this.rubrics = rubrics;
        this.workplaces = workplaces;
        this.events = events;
        this.transactions = transactions;
        this.clock = clock;
    }

    Outcome submit(ProjectId project, AnnotatorId annotator, Submission submission) {
        try {
            return transactions.execute(_ -> submitInTransaction(project, annotator, submission));
        } catch (StaleLeaseException e) {
            return new Outcome.Refused(e.reason());
        } catch (DataIntegrityViolationException e) {
            // the same one arrived twice at once, and the other was quicker
            return log.find(submission.id()).isPresent()
                    ? new Outcome.Duplicate()
                    : new Outcome.Refused("This judgment contradicts one that was recorded at the same moment.");
        }
    }

    private Outcome submitInTransaction(ProjectId project, AnnotatorId annotator, Submission submission) {
        Optional<Judgment> known = log.find(submission.id());
        if (known.isPresent()) {
            return again(known.get(), annotator);
        }
        return switch (submission) {
            case Decision decision -> decide(project, annotator, decision);
            case Undo undo -> undo(project, annotator, undo);
        };
    }

    /// The answer to the first time may have been lost, and an undo's answer carries the lease under which the
    /// comparison came back.
    private Outcome again(Judgment known, AnnotatorId annotator) {
        if (!known.annotator().equals(annotator)) {
            return new Outcome.Refused("This judgment belongs to somebody else.");
        }
        Optional<Lease> reopened = known.verdict() == Verdict.WITHDRAWN
                ? assignments.leaseOf(known.comparison(), annotator, known.purpose())
                : Optional.empty();
        return reopened.<Outcome>map(Outcome.Undone::new).orElseGet(Outcome.Duplicate::new);
    }

    private Outcome decide(ProjectId projectId, AnnotatorId annotator, Decision decision) {
        Lease lease = assignments
                .find(decision.lease())
                .filter(held -> held.annotator().equals(annotator))
                .filter(held -> held.project().equals(projectId))
                .orElseThrow(
                        () -> new StaleLeaseException("This comparison is no longer held for you: the time to judge"
                                + " it ran out and somebody else has it."));
        Comparison comparison = comparisons.find(lease.comparison()).orElseThrow();
        boolean aStoodLeft = lease.left().equals(comparison.a().id());
        Judgment judgment = new Judgment(
                decision.id(),
                projectId,
                comparison.id(),
                annotator,
                decision.choice().verdict(),
                decision.choice().strength(aStoodLeft),
                Optional.of(lease.left()),
                decision.reason(),
                Optional.of(plausible(decision.activeMillis())),
                plausible(decision.judgedAt()),
                rubricOf(projectId).map(Rubric::id),
                OptionalDouble.of(lease.probability()),
                Optional.empty(),
                "board",
                lease.purpose());
        if (judgment.verdict() == Verdict.SKIP) {
            assignments.passOn(lease.id(), annotator);
        } else {
            assignments.complete(lease, annotator);
        }
        log.append(judgment);
        events.publishEvent(new JudgmentRecorded(judgment.id(), projectId, comparison.id()));
        return new Outcome.Recorded();
    }

    private Outcome undo(ProjectId project, AnnotatorId annotator, Undo undo) {
        Optional<Judgment> found = log.find(undo.undone())
                .filter(judgment -> judgment.annotator().equals(annotator))
                .filter(judgment -> judgment.project().equals(project))
                .filter(judgment -> judgment.verdict() != Verdict.WITHDRAWN);
        if (found.isEmpty() || log.isSuperseded(undo.undone())) {
            return new Outcome.Refused("There is no such judgment of yours to take back.");
        }
        Duration reopenFor = workplaces.of(project).reopenFor();
        if (reopenFor.isZero() || log.recordedAt(undo.undone()).plus(reopenFor).isBefore(clock.instant())) {
            return new Outcome.Refused(
                    reopenFor.isZero()
                            ? "In this project a judgment cannot be taken back."
                            : "A judgment can be taken back for " + words(reopenFor) + ".");
        }
        Judgment undone = found.get();
        Optional<Lease> reopened = assignments.reopen(project, undone.comparison(), annotator, undone.purpose());
        if (reopened.isEmpty()) {
            return new Outcome.Refused("Others have taken this comparison since you passed it on.");
        }
        log.append(new Judgment(
                undo.id(),
                project,
                undone.comparison(),
                annotator,
                Verdict.WITHDRAWN,
                0,
                Optional.<CompletionId>empty(),
                Optional.empty(),
                Optional.empty(),
                clock.instant(),
                undone.rubric(),
                OptionalDouble.empty(),
                Optional.of(undone.id()),
                "board",
                undone.purpose()));
        events.publishEvent(new JudgmentRecorded(undo.id(), project, undone.comparison()));
        return new Outcome.Undone(reopened.get());
    }

    private static String words(Duration duration) {
        if (duration.toMinutes() < 2 * 60) {
            return duration.toMinutes() == 1 ? "1 minute" : duration.toMinutes() + " minutes";
        }
        return duration.toHours() < 2 * 24 ? duration.toHours() + " hours" : duration.toDays() + " days";
    }

    /// The rubric in force for a project.
    Optional<Rubric> rubricOf(ProjectId project) {
        return projects.find(project).flatMap(Project::rubricKey).flatMap(key -> rubrics.current(new RubricKey(key)));
    }

    private static Duration plausible(long millis) {
        return Duration.ofMillis(Math.clamp(millis, 0, LONGEST_ACTIVE.toMillis()));
    }

    /// An annotator's clock may be wrong: nothing was judged in the future, and nothing waited for a year.
    private Instant plausible(Instant judgedAt) {
        Instant now = clock.instant();
        return judgedAt.isAfter(now) || judgedAt.isBefore(now.minus(LONGEST_WAIT)) ? now : judgedAt;
    }
}
