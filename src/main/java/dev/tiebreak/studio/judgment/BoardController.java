package dev.tiebreak.studio.judgment;

import dev.tiebreak.studio.account.Account;
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
import dev.tiebreak.studio.judgment.BoardAnswers.RubricChangeAnswer;
import jakarta.annotation.security.RolesAllowed;
import java.time.Instant;
import java.util.ArrayList;
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
import org.springframework.web.bind.annotation.ResponseStatus;
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
    private final Workplaces workplaces;
    private final OwnRubrics rubrics;
    private final CurrentAccount account;

    BoardController(
            ProjectService projects,
            Comparisons comparisons,
            AssignmentService assignments,
            JudgmentService judgments,
            Workplaces workplaces,
            OwnRubrics rubrics,
            CurrentAccount account) {
        this.projects = projects;
        this.comparisons = comparisons;
        this.assignments = assignments;
        this.judgments = judgments;
        this.workplaces = workplaces;
        this.rubrics = rubrics;
        this.account = account;
    }

    /// @param annotator whom the board believes to be signed in
    record LeaseRequest(
            @Nullable UUID annotator, int count, @Nullable List<UUID> holding) {}

    record JudgmentRequest(
            @Nullable UUID annotator, @Nullable List<@Nullable JudgmentEntry> judgments) {}

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
        Account person = account.require();
        return new Board(
                new ProjectAnswer(id, project.name(), project.description()),
                new AnnotatorAnswer(person.id().value(), person.displayName()),
                rubrics.current(project.id()).map(RubricAnswer::of).orElse(null),
                rubrics.changed(project.id()).map(RubricChangeAnswer::of).orElse(null),
                progress(project),
                workplaces.of(project.id()).reopenFor().toSeconds());
    }

    /// The annotator has read this version of the project's rubric; changes count from it.
    @PostMapping("/rubric-seen")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void rubricSeen(@PathVariable("project") UUID id, @RequestBody RubricSeen request) {
        annotator(request.annotator);
        rubrics.current(project(id).id())
                .filter(rubric -> rubric.version() == request.version)
                .ifPresent(rubrics::see);
    }

    record RubricSeen(@Nullable UUID annotator, int version) {}

    @PostMapping("/leases")
    Leases lease(@PathVariable("project") UUID id, @RequestBody LeaseRequest request) {
        Project project = project(id);
        List<LeaseId> holding = Optional.ofNullable(request.holding).orElse(List.of()).stream()
                .map(LeaseId::new)
                .toList();
        List<Lease> leases = assignments.lease(
                project.id(), annotator(request.annotator), Math.clamp(request.count, 0, MOST_LEASES), holding);
        return new Leases(withTexts(leases), progress(project));
    }

    @PostMapping("/judgments")
    Results judge(@PathVariable("project") UUID id, @RequestBody JudgmentRequest request) {
        Project project = project(id);
        List<JudgmentEntry> entries = entries(request);
        AnnotatorId annotator = annotator(request.annotator);
        List<Result> results =
                entries.stream().map(entry -> judge(project, annotator, entry)).toList();
        return new Results(results, progress(project));
    }

    /// Nothing of a request is recorded that could not be answered entry by entry.
    private static List<JudgmentEntry> entries(JudgmentRequest request) {
        if (request.judgments == null) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST, "The request has no 'judgments'.");
        }
        if (request.judgments.size() > MOST_JUDGMENTS) {
            throw new ResponseStatusException(
                    HttpStatus.CONTENT_TOO_LARGE, "A request has at most " + MOST_JUDGMENTS + " judgments.");
        }
        List<JudgmentEntry> entries = new ArrayList<>();
        for (JudgmentEntry entry : request.judgments) {
            if (entry == null || entry.id == null) {
                throw new ResponseStatusException(
                        HttpStatus.BAD_REQUEST, "'judgments[" + entries.size() + "]' has no 'id'.");
            }
            entries.add(entry);
        }
        return entries;
    }

    private Result judge(Project project, AnnotatorId annotator, JudgmentEntry entry) {
        UUID id = Objects.requireNonNull(entry.id);
        try {
            return switch (judgments.submit(project.id(), annotator, submission(id, entry))) {
                case Outcome.Recorded _ -> new Result(id, "recorded", null, null);
                case Outcome.Duplicate _ -> new Result(id, "duplicate", null, null);
                case Outcome.Refused(String reason) -> new Result(id, "refused", reason, null);
                case Outcome.Undone(Lease reopened) ->
                    new Result(id, "undone", null, withTexts(List.of(reopened)).getFirst());
            };
        } catch (IllegalArgumentException e) {
            return new Result(id, "refused", e.getMessage(), null);
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
                Optional.ofNullable(entry.reason)
                        .map(reason -> reason.replace("\0", "")) // PostgreSQL keeps no such character
                        .filter(reason -> !reason.isBlank()),
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
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no such project."));
    }

    private ProgressAnswer progress(Project project) {
        return ProgressAnswer.of(
                assignments.progress(project.id(), account.require().id().asAnnotator()));
    }

    /// What one person judged must not be sent in the name of the next who signs in at the same browser.
    private AnnotatorId annotator(@Nullable UUID believed) {
        AnnotatorId signedIn = account.require().id().asAnnotator();
        if (believed != null && !believed.equals(signedIn.value())) {
            throw new ResponseStatusException(HttpStatus.CONFLICT, "Somebody else is signed in in this browser now.");
        }
        return signedIn;
    }
}
