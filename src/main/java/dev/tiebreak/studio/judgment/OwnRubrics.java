package dev.tiebreak.studio.judgment;

import dev.tiebreak.studio.account.AnnotatorId;
import dev.tiebreak.studio.account.CurrentAccount;
import dev.tiebreak.studio.account.Role;
import dev.tiebreak.studio.dataset.ProjectId;
import dev.tiebreak.studio.rubric.Rubric;
import dev.tiebreak.studio.rubric.RubricChange;
import dev.tiebreak.studio.rubric.RubricService;
import dev.tiebreak.studio.rubric.SeenRubrics;
import jakarta.annotation.security.RolesAllowed;
import java.util.List;
import java.util.Optional;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Service;

/// What changed in the rubrics since whoever is signed in last looked at them.
@Service
@RolesAllowed({Role.Names.ANNOTATOR, Role.Names.DATA_LEAD, Role.Names.ADMINISTRATOR})
public class OwnRubrics {
    private final JudgmentService judgments;
    private final JudgmentLog log;
    private final RubricService rubrics;
    private final SeenRubrics seen;
    private final CurrentAccount account;

    OwnRubrics(
            JudgmentService judgments,
            JudgmentLog log,
            RubricService rubrics,
            SeenRubrics seen,
            CurrentAccount account) {
        this.judgments = judgments;
        this.log = log;
        this.rubrics = rubrics;
        this.seen = seen;
        this.account = account;
    }

    /// @param known   the text last looked at, or, for who never did, that of their first judgment in the project
    /// @param changes what a reader would notice; never empty
    public record Changed(Rubric known, Rubric current, List<RubricChange> changes) {}

    public Optional<Changed> changed(ProjectId project) {
        return judgments
                .rubricOf(project)
                .flatMap(current -> known(project, current)
                        .map(known -> new Changed(known, current, RubricChange.between(known, current)))
                        .filter(changed -> !changed.changes().isEmpty()));
    }

    /// The rubric in force for a project.
    public Optional<Rubric> current(ProjectId project) {
        return judgments.rubricOf(project);
    }

    /// The caller has read this text.
    public void see(Rubric rubric) {
        try {
            seen.see(me(), rubric);
        } catch (DataIntegrityViolationException e) {
            seen.see(me(), rubric); // a second window was quicker to be the first
        }
    }

    private Optional<Rubric> known(ProjectId project, Rubric current) {
        return seen.lastSeen(me(), current.key())
                .map(SeenRubrics.Seen::rubric)
                .or(() -> log.firstRubric(me(), project).flatMap(rubrics::find))
                .filter(known -> known.key().equals(current.key()));
    }

    private AnnotatorId me() {
        return account.require().id().asAnnotator();
    }
}
