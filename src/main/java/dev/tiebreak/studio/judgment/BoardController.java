package dev.tiebreak.studio.judgment;

import dev.tiebreak.studio.account.AnnotatorId;
import dev.tiebreak.studio.account.CurrentAccount;
import dev.tiebreak.studio.account.Role;
import dev.tiebreak.studio.assignment.AssignmentService;
import dev.tiebreak.studio.assignment.Lease;
import dev.tiebreak.studio.assignment.LeaseId;
import dev.tiebreak.studio.dataset.Comparison;
import dev.tiebreak.studio.dataset.ComparisonId;
import dev.tiebreak.studio.dataset.Comparisons;
import dev.tiebreak.studio.dataset.Project;
import dev.tiebreak.studio.dataset.ProjectId;
import dev.tiebreak.studio.dataset.ProjectService;
import dev.tiebreak.studio.judgment.BoardAnswers.AnnotatorAnswer;
import dev.tiebreak.studio.judgment.BoardAnswers.Board;
import dev.tiebreak.studio.judgment.BoardAnswers.LeaseAnswer;
import dev.tiebreak.studio.judgment.BoardAnswers.Leases;
import dev.tiebreak.studio.judgment.BoardAnswers.ProgressAnswer;
import dev.tiebreak.studio.judgment.BoardAnswers.ProjectAnswer;
import dev.tiebreak.studio.judgment.BoardAnswers.Result;
import dev.tiebreak.studio.judgment.BoardAnswers.Results;
import dev.tiebreak.studio.judgment.BoardAnswers.RubricAnswer;
import jakarta.annotation.security.RolesAllowed;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/// The REST side of the comparison board.
@RestController
@RequestMapping("/api/board/projects/{project}")
@RolesAllowed({Role.Names.ANNOTATOR, Role.Names.DATA_LEAD, Role.Names.ADMINISTRATOR})
class BoardController {
    private static final int MOST_LEASES = 20;
    private static final int MOST_JUDGMENTS = 1000;

    private final ProjectService projects;
    private final Comparisons comparisons;
    private final AssignmentService assignments;
    private final JudgmentService judgments;
    private final CurrentAccount account;

    BoardController(
            ProjectService projects,
            Comparisons comparisons,
            AssignmentService assignments,
            JudgmentService judgments,
            CurrentAccount account) {
        this.projects = projects;
        this.comparisons = comparisons;
        this.assignments = assignments;
        this.judgments = judgments;
        this.account = account;
    }

    record LeaseRequest(int count, @Nullable List<UUID> holding) {}

    record JudgmentRequest(List<JudgmentEntry> judgments) {}

    record JudgmentEntry(
            @Nullable UUID id,
            @Nullable UUID lease,
            @Nullable String choice,
            @Nullable String reason,
            @Nullable Long activeMillis,
            @Nullable Instant judgedAt,
            @Nullable UUID undo) {}

    @GetMapping
    Board board(@PathVariable("project") UUID id) {
        Project project = project(id);
        return new Board(
                new ProjectAnswer(id, project.name(), project.description()),
                new AnnotatorAnswer(account.require().displayName()),
                judgments.rubricOf(project.id()).map(RubricAnswer::of).orElse(null),
                progress(project),
                JudgmentService.UNDO_FOR.toSeconds());
    }

    @PostMapping("/leases")
    Leases lease(@PathVariable("project") UUID id, @RequestBody LeaseRequest request) {
        Project project = project(id);
        List<LeaseId> holding = Optional.ofNullable(request.holding).orElse(List.of()).stream()
                .map(LeaseId::new)
                .toList();
        List<Lease> leases =
                assignments.lease(project.id(), annotator(), Math.clamp(request.count, 0, MOST_LEASES), holding);
        return new Leases(withTexts(leases), progress(project));
    }

    @PostMapping("/judgments")
    Results judge(@PathVariable("project") UUID id, @RequestBody JudgmentRequest request) {
        Project project = project(id);
        if (request.judgments.size() > MOST_JUDGMENTS) {
            throw new ResponseStatusException(
                    HttpStatus.CONTENT_TOO_LARGE, "at most " + MOST_JUDGMENTS + " judgments a request");
        }
        AnnotatorId annotator = annotator();
        List<Result> results = request.judgments.stream()
                .map(entry -> judge(project, annotator, entry))
                .toList();
        return new Results(results, progress(project));
    }

    private Result judge(Project project, AnnotatorId annotator, JudgmentEntry entry) {
        if (entry.id == null) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST, "a judgment has no id");
        }
        try {
            Outcome outcome = judgments.submit(project.id(), annotator, submission(entry.id, entry));
            return switch (outcome) {
                case Outcome.Recorded _ -> new Result(entry.id, "recorded", null, null);
                case Outcome.Duplicate _ -> new Result(entry.id, "duplicate", null, null);
                case Outcome.Refused(String reason) -> new Result(entry.id, "refused", reason, null);
                case Outcome.Undone(Lease reopened) ->
                    new Result(
                            entry.id,
                            "undone",
                            null,
                            withTexts(List.of(reopened)).getFirst());
            };
        } catch (IllegalArgumentException e) {
            return new Result(entry.id, "refused", e.getMessage(), null);
        }
    }

    private static Submission submission(UUID id, JudgmentEntry entry) {
        if (entry.undo != null) {
            return new Submission.Undo(new JudgmentId(id), new JudgmentId(entry.undo));
        }
        if (entry.lease == null || entry.choice == null || entry.judgedAt == null) {
            throw new IllegalArgumentException("A judgment needs 'lease', 'choice' and 'judgedAt'.");
        }
        if (entry.reason != null && entry.reason.length() > JudgmentService.LONGEST_REASON) {
            throw new IllegalArgumentException(
                    "A reason has at most " + JudgmentService.LONGEST_REASON + " characters.");
        }
        Choice choice = Choice.of(entry.choice)
                .orElseThrow(() -> new IllegalArgumentException("'choice' is '1' to '7', 'both_bad' or 'skip'."));
        return new Submission.Decision(
                new JudgmentId(id),
                new LeaseId(entry.lease),
                choice,
                Optional.ofNullable(entry.reason).filter(reason -> !reason.isBlank()),
                entry.activeMillis == null ? 0 : entry.activeMillis,
                entry.judgedAt);
    }

    private List<LeaseAnswer> withTexts(List<Lease> leases) {
        Map<ComparisonId, Comparison> texts =
                comparisons.findAll(leases.stream().map(Lease::comparison).toList()).stream()
                        .collect(Collectors.toMap(Comparison::id, Function.identity()));
        return leases.stream()
                .map(lease -> LeaseAnswer.of(lease, Objects.requireNonNull(texts.get(lease.comparison()))))
                .toList();
    }

    private Project project(UUID id) {
        return projects.find(new ProjectId(id))
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "there is no such project"));
    }

    private ProgressAnswer progress(Project project) {
        return ProgressAnswer.of(assignments.progress(project.id(), annotator()));
    }

    private AnnotatorId annotator() {
        return account.require().id().asAnnotator();
    }
}
