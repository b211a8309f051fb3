package dev.tiebreak.studio.dataset.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.GridVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.orderedlayout.VerticalLayout;
import com.vaadin.flow.data.provider.DataProvider;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import dev.tiebreak.studio.account.Role;
import dev.tiebreak.studio.dataset.Project;
import dev.tiebreak.studio.dataset.ProjectService;
import dev.tiebreak.studio.dataset.Prompts;
import dev.tiebreak.studio.dataset.Prompts.Written;
import jakarta.annotation.security.RolesAllowed;
import java.util.stream.Collectors;

/// The prompts of a project, fetched as one scrolls; each opens with its conversation and completions.
@Route("projects/:projectId/prompts")
@PageTitle("Prompts")
@RolesAllowed({Role.Names.DATA_LEAD, Role.Names.ML_ENGINEER, Role.Names.ADMINISTRATOR})
class PromptsView extends VerticalLayout implements BeforeEnterObserver {
    private static final int BEGINNING = 300;

    private final ProjectService projects;
    private final Prompts prompts;

    PromptsView(ProjectService projects, Prompts prompts) {
        this.projects = projects;
        this.prompts = prompts;
        addClassName("tb-prompts");
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        ProjectPages.show(event, projects, this::show);
    }

    private void show(Project project) {
        removeAll();
        int count = Math.toIntExact(prompts.count(project.id()));
        if (count == 0) {
            Div empty = new Div(new Paragraph("There are no prompts yet."));
            empty.addClassName("tb-empty");
            add(empty);
            return;
        }
        Grid<Written> grid = new Grid<>();
        grid.addThemeVariants(GridVariant.LUMO_ROW_STRIPES, GridVariant.LUMO_WRAP_CELL_CONTENT);
        grid.setPageSize(30);
        grid.addComponentColumn(PromptsView::cell).setHeader(Counted.of(count, "prompt"));
        grid.setItems(DataProvider.fromCallbacks(
                query -> prompts.page(project.id(), query.getOffset(), query.getLimit()).stream(), query -> count));
        add(grid);
        setFlexGrow(1, grid);
    }

    private static Div cell(Written written) {
        Button open =
                new Button((written.ordinal() + 1) + ". " + beginning(written), _ -> new PromptDialog(written).open());
        open.addThemeVariants(ButtonVariant.LUMO_TERTIARY_INLINE);
        open.addClassName("tb-prompt-opener");
        Span completions = new Span(completions(written));
        completions.addClassName("tb-soft");
        Div cell = new Div(open, completions);
        cell.addClassName("tb-prompt");
        return cell;
    }

    private static String beginning(Written written) {
        String text = written.prompt().turns().getLast().content().strip();
        return text.length() <= BEGINNING ? text : text.substring(0, BEGINNING) + " …";
    }

    private static String completions(Written written) {
        String named = written.completions().stream()
                .flatMap(completion -> completion.source().stream())
                .distinct()
                .collect(Collectors.joining(", "));
        int turns = written.prompt().turns().size();
        return (turns == 1 ? "" : turns + " turns · ")
                + Counted.of(written.completions().size(), "completion")
                + (named.isEmpty() ? "" : ": " + named);
    }
}
