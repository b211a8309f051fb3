package dev.tiebreak.studio.quality;

import dev.tiebreak.statistics.Estimate;
import dev.tiebreak.statistics.agreement.AgreementCoefficient;
import dev.tiebreak.statistics.agreement.CategoryCounts;
import dev.tiebreak.statistics.agreement.ItemBootstrap;
import dev.tiebreak.statistics.agreement.KrippendorffAlpha;
import dev.tiebreak.statistics.agreement.PercentAgreement;
import dev.tiebreak.studio.account.AnnotatorId;
import dev.tiebreak.studio.account.Role;
import dev.tiebreak.studio.assignment.CheckService;
import dev.tiebreak.studio.dataset.ComparisonId;
import dev.tiebreak.studio.dataset.Comparisons;
import dev.tiebreak.studio.dataset.CompletionId;
import dev.tiebreak.studio.dataset.ProjectId;
import dev.tiebreak.studio.judgment.CurrentJudgments;
import jakarta.annotation.security.RolesAllowed;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/// How well the annotators of a project agree.
@Service
@Transactional(readOnly = true)
public class AgreementService {
    /// The seed is fixed, so that the page shows the same interval to everybody.
    private static final ItemBootstrap BOOTSTRAP = new ItemBootstrap(1_000, 1, 0.95);

    private static final int MOST_DISPUTED = 200;

    private final CurrentJudgments judgments;
    private final Comparisons comparisons;
    private final CheckService checks;
    private final AnnotatorNames names;
    private final JdbcClient database;

    AgreementService(
            CurrentJudgments judgments,
            Comparisons comparisons,
            CheckService checks,
            AnnotatorNames names,
            JdbcClient database) {
        this.judgments = judgments;
        this.comparisons = comparisons;
        this.checks = checks;
        this.names = names;
        this.database = database;
    }

    @RolesAllowed({Role.Names.DATA_LEAD, Role.Names.ML_ENGINEER, Role.Names.ADMINISTRATOR})
    public AgreementReport of(ProjectId project) {
        VoteTally tally = VoteTally.of(judgments.of(project));
        CategoryCounts counts = tally.categoryCounts();
        return new AgreementReport(
                comparisons.count(project),
                counts.items(),
                counts.pairableItems(),
                counts.labels(),
                tally.votesPerCategory(),
                estimate(new PercentAgreement(), counts, tally),
                estimate(KrippendorffAlpha.nominal(), counts, tally),
                estimate(KrippendorffAlpha.ordinal(), tally.strengthCounts(), tally),
                new AnnotatorSummaries(tally, completionsA(project), checkResults(project), names.in(project)).all(),
                tally.disputed().limit(MOST_DISPUTED).toList());
    }

    /// Who voted how on one comparison, in the order of time.
    @RolesAllowed({Role.Names.DATA_LEAD, Role.Names.ML_ENGINEER, Role.Names.ADMINISTRATOR})
    public List<ComparisonVote> votesOn(ProjectId project, ComparisonId comparison) {
        Function<AnnotatorId, String> name = names.in(project);
        return judgments.of(List.of(comparison)).stream()
                .filter(judgment -> judgment.project().equals(project))
                .map(judgment -> new ComparisonVote(
                        name.apply(judgment.annotator()),
                        VoteCategory.of(judgment),
                        judgment.strength(),
                        judgment.reason(),
                        judgment.at()))
                .sorted(Comparator.comparing(ComparisonVote::at).thenComparing(ComparisonVote::annotator))
                .toList();
    }

    private static Estimate estimate(AgreementCoefficient coefficient, CategoryCounts counts, VoteTally tally) {
        long voters = tally.voters();
        if (voters == 0) {
            return new Estimate.Undefined("nobody has voted yet");
        }
        if (voters == 1) {
            return new Estimate.Undefined("only one annotator has voted so far: let at least two judge the same"
                    + " comparisons (an overlap of 2 or more)");
        }
        if (counts.pairableItems() == 0) {
            return new Estimate.Undefined(
                    "no comparison has votes of two annotators yet: set the project's overlap to 2 or more");
        }
        return coefficient.of(counts, BOOTSTRAP);
    }

    private CheckResults checkResults(ProjectId project) {
        return new CheckResults(judgments.ofAnyPurpose(project), checks.gold(project));
    }

    private Map<ComparisonId, CompletionId> completionsA(ProjectId project) {
        Map<ComparisonId, CompletionId> completions = new HashMap<>();
        database.sql("select id, completion_a_id from comparison where project_id = ?")
                .param(project.value())
                .query(row -> {
                    completions.put(
                            new ComparisonId(row.getObject(1, UUID.class)),
                            new CompletionId(row.getObject(2, UUID.class)));
                });
        return completions;
    }
}
