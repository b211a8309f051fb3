package dev.tiebreak.studio.dataset;

import java.util.List;

/// The rubrics to choose from. A room that knows both rubrics and projects implements it.
public interface ProjectRubrics {
    /// By title.
    List<ProjectRubric> all();

    /// The title of a rubric, or its key where there is no such rubric any more.
    default String title(String key) {
        return all().stream()
                .filter(rubric -> rubric.key().equals(key))
                .map(ProjectRubric::title)
                .findFirst()
                .orElse(key);
    }
}
