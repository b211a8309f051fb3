package dev.tiebreak.studio.judgment;

import dev.tiebreak.studio.account.AnnotatorId;
import dev.tiebreak.studio.account.CurrentAccount;
import dev.tiebreak.studio.account.Role;
import dev.tiebreak.studio.dataset.Comparison;
import dev.tiebreak.studio.dataset.Comparisons;
import dev.tiebreak.studio.dataset.ProjectId;
import dev.tiebreak.studio.dataset.Verdict;
import dev.tiebreak.studio.judgment.GoldResults.Gold;
import jakarta.annotation.security.RolesAllowed;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Service;

/// How judgments of whoever is signed in turned out, in projects that show it.
@Service
@RolesAllowed({Role.Names.ANNOTATOR, Role.Names.DATA_LEAD, Role.Names.ADMINISTRATOR})
public class OwnFeedback {
    private static final int MOST = 20;

    private final ObjectProvider<GoldResults> gold;
    private final CurrentJudgments current;
    private final Comparisons comparisons;
    private final Workplaces workplaces;
    private final CurrentAccount account;

    OwnFeedback(
            ObjectProvider<GoldResults> gold,
            CurrentJudgments current,
            Comparisons comparisons,
            Workplaces workplaces,
            CurrentAccount account) {
        this.gold = gold;
        this.current = current;
        this.comparisons = comparisons;
        this.workplaces = workplaces;
        this.account = account;
    }

    /// What was decided in advance beside what the caller chose, by the sides of the screen.
    ///
    /// @param chosen   as it was pressed on the board
    /// @param expected `a` or `b` where one is better, else as it would have been pressed
    public record Feedback(
            JudgmentId judgment,
            String prompt,
            String chosen,
            String expected,
            boolean agrees,
            Optional<String> explanation) {}

    /// The newest first; empty where the project shows none.
    public List<Feedback> of(ProjectId project) {
        if (!workplaces.of(project).showsFeedback()) {
            return List.of();
        }
        AnnotatorId me = account.require().id().asAnnotator();
        return gold.stream()
                .flatMap(results -> results.of(project, me, MOST).stream())
                .flatMap(result -> feedback(result, me))
                .toList();
    }

    private Stream<Feedback> feedback(Gold result, AnnotatorId me) {
        return current.find(result.judgment(), me).stream()
                .flatMap(judgment ->
                        comparisons.find(judgment.comparison()).stream().map(on -> feedback(result, judgment, on)));
    }

    private static Feedback feedback(Gold result, Judgment judgment, Comparison comparison) {
        boolean aLeft = judgment.left().map(comparison.a().id()::equals).orElse(true);
        return new Feedback(
                judgment.id(),
                comparison.prompt().turns().getLast().content(),
                Choice.pressed(judgment.verdict(), judgment.strength(), aLeft),
                expected(result, aLeft),
                result.agrees(),
                result.explanation());
    }

    private static String expected(Gold result, boolean aLeft) {
        return result.verdict() == Verdict.PREFERENCE
                ? result.strength() > 0 == aLeft ? "a" : "b"
                : Choice.pressed(result.verdict(), 0, aLeft);
    }
}
