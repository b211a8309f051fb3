package dev.tiebreak.studio.dataset.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.formlayout.FormLayout;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import dev.tiebreak.studio.dataset.InvalidProjectException;
import dev.tiebreak.studio.dataset.NewProject;
import dev.tiebreak.studio.dataset.Project;
import dev.tiebreak.studio.dataset.ProjectRubric;
import dev.tiebreak.studio.dataset.ProjectService;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Asks for what a project needs, and creates it.
class NewProjectDialog extends Dialog {
    private final TextField name = new TextField("Name");
    private final TextArea description = new TextArea("Description");
    private final Select<ProjectRubric> rubric = new Select<>();
    private final IntegerField overlap = new IntegerField("Annotators a comparison");
    private final IntegerField lease = new IntegerField("Lease in minutes");
    private final Paragraph problem = new Paragraph();

    NewProjectDialog(ProjectService projects, List<ProjectRubric> rubrics, Consumer<Project> created) {
        setHeaderTitle("New project");
        setWidth("min(40rem, 96vw)");
        name.setRequired(true);
        name.setMaxLength(200);
        name.setHelperText("Annotators see the name and the description.");
        name.setAutofocus(true);
        description.setMaxLength(4000);
        description.setMinRows(3);
        rubric.setLabel("Rubric");
        rubric.setItems(rubrics);
        rubric.setItemLabelGenerator(choice -> choice == null ? "None" : choice.title());
        rubric.setEmptySelectionAllowed(true);
        rubric.setEmptySelectionCaption("None");
        overlap.setHelperText("The overlap: 2 or more, and their agreement can be measured.");
        number(overlap, 1, 100, 1);
        lease.setHelperText("How long a comparison is held for whoever has it on screen.");
        number(lease, 1, 7 * 24 * 60, 30);
        problem.addClassName("tb-problem");
        problem.setVisible(false);
        problem.getElement().setAttribute("role", "alert");
        add(form(), problem);
        Button create = new Button("Create", _ -> create(projects, created));
        create.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
        getFooter().add(new Button("Cancel", _ -> close()), create);
    }

    private FormLayout form() {
        FormLayout form = new FormLayout(name, description, rubric, overlap, lease);
        form.setResponsiveSteps(new FormLayout.ResponsiveStep("0", 1), new FormLayout.ResponsiveStep("28rem", 2));
        form.setColspan(name, 2);
        form.setColspan(description, 2);
        form.setColspan(rubric, 2);
        return form;
    }

    private static void number(IntegerField field, int least, int most, int value) {
        field.setMin(least);
        field.setMax(most);
        field.setValue(value);
        field.setStepButtonsVisible(true);
    }

    private void create(ProjectService projects, Consumer<Project> created) {
        try {
            Project project = projects.create(wanted());
            close();
            created.accept(project);
        } catch (InvalidProjectException e) {
            problem.setText(e.getMessage());
            problem.setVisible(true);
        }
    }

    private NewProject wanted() {
        return new NewProject(
                name.getValue(),
                description.getValue(),
                Optional.ofNullable(rubric.getValue()).map(ProjectRubric::key),
                overlap.getOptionalValue().orElse(0),
                Duration.ofMinutes(lease.getOptionalValue().orElse(0)));
    }
}
