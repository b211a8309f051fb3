package dev.tiebreak.studio.judgment;

import dev.tiebreak.studio.account.AnnotatorId;
import dev.tiebreak.studio.dataset.ProjectId;
import dev.tiebreak.studio.dataset.Verdict;
import java.util.List;
import java.util.Optional;

/// Knows which judgments were of comparisons decided in advance. Where nothing implements it, annotators' pages have no
/// feedback; where something does, they have it in projects that show it ([Workplace#showsFeedback]).
public interface GoldResults {

    /// One judgment beside what was decided in advance.
    ///
    /// @param judgment    the annotator's own
    /// @param strength    canonical, as in [Judgment#strength]; only its sign is told
    /// @param explanation why it was decided so
    record Gold(JudgmentId judgment, Verdict verdict, int strength, boolean agrees, Optional<String> explanation) {}

    /// Only what this annotator may be told by now, the newest first.
    List<Gold> of(ProjectId project, AnnotatorId annotator, int most);
}
