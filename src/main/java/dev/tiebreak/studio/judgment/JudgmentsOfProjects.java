package dev.tiebreak.studio.judgment;

import dev.tiebreak.studio.dataset.JudgedComparisons;
import dev.tiebreak.studio.dataset.ProjectId;
import dev.tiebreak.studio.dataset.ProjectRubric;
import dev.tiebreak.studio.dataset.ProjectRubrics;
import dev.tiebreak.studio.rubric.RubricService;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import org.springframework.stereotype.Component;

/// What the projects' own pages need to know of judgments and rubrics.
@Component
class JudgmentsOfProjects implements JudgedComparisons, ProjectRubrics {
    private final CurrentJudgments judgments;
    private final RubricService rubrics;

    JudgmentsOfProjects(CurrentJudgments judgments, RubricService rubrics) {
        this.judgments = judgments;
        this.rubrics = rubrics;
    }

    @Override
    public SortedMap<Integer, Long> byAnnotators(ProjectId project) {
        return judgments.comparisonsByAnnotators(project);
    }

    @Override
    public List<ProjectRubric> all() {
        return rubrics.current().stream()
                .map(rubric -> new ProjectRubric(rubric.key().value(), rubric.title()))
                .sorted(Comparator.comparing(ProjectRubric::title))
                .toList();
    }
}
