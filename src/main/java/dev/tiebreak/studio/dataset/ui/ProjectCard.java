package dev.tiebreak.studio.dataset.ui;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Article;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Paragraph;
import dev.tiebreak.studio.dataset.Coverage;
import dev.tiebreak.studio.dataset.Project;
import dev.tiebreak.studio.dataset.ProjectFigures.Counts;
import java.util.Optional;

/// One project in the list.
class ProjectCard extends Article {

    ProjectCard(Project project, Counts counts, Coverage coverage, Optional<String> rubric) {
        addClassNames("tb-panel", "tb-project-card");
        add(new H3(new Anchor(ProjectPages.path(project.id(), ""), project.name())));
        if (!project.description().isBlank()) {
            Paragraph description = new Paragraph(project.description());
            description.addClassName("tb-project-description");
            add(description);
        }
        Paragraph facts = new Paragraph("%s · %s · %s"
                .formatted(
                        Counted.of(counts.prompts(), "prompt"),
                        Counted.of(counts.comparisons(), "comparison"),
                        rubric.map(title -> "rubric: " + title).orElse("no rubric")));
        facts.addClassName("tb-soft");
        add(facts, new JudgedBar(coverage, project.overlap()));
    }
}
