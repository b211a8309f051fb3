package dev.tiebreak.studio.judgment.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.GridVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.notification.Notification;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.data.provider.CallbackDataProvider;
import com.vaadin.flow.data.renderer.ComponentRenderer;
import dev.tiebreak.studio.dataset.Project;
import dev.tiebreak.studio.dataset.ProjectId;
import dev.tiebreak.studio.dataset.Verdict;
import dev.tiebreak.studio.judgment.HistoryFilter;
import dev.tiebreak.studio.judgment.OwnHistory;
import dev.tiebreak.studio.judgment.OwnJudgment;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// One's own judgments, the newest first, fetched as one scrolls; each opens to be read again, and to be reopened as
/// long as its project allows.
class HistoryPanel extends Section {
    private static final int PAGE = 30;
    private static final int BEGINNING = 300;

    private final OwnHistory history;
    private final Moments moments;
    private final Map<ProjectId, String> names;
    private final Select<Project> project = new Select<>();
    private final Select<Verdict> verdict = new Select<>();
    private final Span count = new Span();
    private final Grid<OwnJudgment> grid = new Grid<>();

    HistoryPanel(OwnHistory history, List<Project> projects, Moments moments) {
        this.history = history;
        this.moments = moments;
        this.names = projects.stream().collect(Collectors.toMap(Project::id, Project::name));
        addClassName("tb-history");
        filter(project, "my.history.project", projects);
        project.setItemLabelGenerator(each -> each == null ? getTranslation("my.history.all") : each.name());
        filter(verdict, "my.history.choice", List.of(Verdict.PREFERENCE, Verdict.TIE, Verdict.BOTH_BAD, Verdict.SKIP));
        verdict.setItemLabelGenerator(each -> getTranslation(each == null ? "my.history.all" : label(each)));
        count.addClassName("tb-soft");
        count.getElement().setAttribute("role", "status");
        Div filters = new Div(project, verdict, count);
        filters.addClassName("tb-history-filters");
        add(new H3(getTranslation("my.history.title")), filters, grid());
        countAgain();
    }

    private <T> void filter(Select<T> filter, String label, List<T> items) {
        filter.setLabel(getTranslation(label));
        filter.setItems(items);
        filter.setEmptySelectionAllowed(true);
        filter.setEmptySelectionCaption(getTranslation("my.history.all"));
        filter.addValueChangeListener(_ -> {
            grid.getDataProvider().refreshAll();
            countAgain();
        });
    }

    private Grid<OwnJudgment> grid() {
        grid.addThemeVariants(GridVariant.LUMO_WRAP_CELL_CONTENT, GridVariant.LUMO_NO_BORDER);
        grid.setSelectionMode(Grid.SelectionMode.NONE);
        grid.setPageSize(PAGE);
        grid.addComponentColumn(this::row);
        grid.setDetailsVisibleOnClick(false);
        grid.setItemDetailsRenderer(new ComponentRenderer<>(this::details));
        grid.setEmptyStateText(getTranslation("my.history.empty"));
        grid.getElement().setAttribute("aria-label", getTranslation("my.history.title"));
        grid.setItems(new CallbackDataProvider<OwnJudgment, Void>(
                query -> history.page(wanted(), query.getOffset(), query.getLimit()).stream(),
                query -> history.count(wanted()),
                OwnJudgment::id));
        return grid;
    }

    private HistoryFilter wanted() {
        return new HistoryFilter(project.getOptionalValue().map(Project::id), verdict.getOptionalValue());
    }

    private void countAgain() {
        count.setText(getTranslation("my.history.count", history.count(wanted())));
    }

    private Div row(OwnJudgment judgment) {
        Span choice = new Span(choice(judgment));
        choice.addClassName("tb-history-choice");
        Div facts = new Div(
                choice,
                new Span(Optional.ofNullable(names.get(judgment.project())).orElse("")),
                new Span(moments.at(judgment.at())));
        facts.addClassName("tb-history-facts");
        judgment.activeTime()
                .ifPresent(active ->
                        facts.add(new Span(getTranslation("my.history.active", Moments.lasting(this, active)))));
        Span prompt = new Span(beginning(judgment.prompt()));
        prompt.addClassName("tb-history-prompt");
        Div row = new Div(facts, prompt, actions(judgment));
        row.addClassName("tb-history-row");
        return row;
    }

    private Div actions(OwnJudgment judgment) {
        Button read = new Button(getTranslation("my.history.read"));
        read.addThemeVariants(ButtonVariant.LUMO_SMALL);
        read.setAriaLabel(read.getText() + ": " + about(judgment));
        read.getElement().setAttribute("aria-expanded", String.valueOf(grid.isDetailsVisible(judgment)));
        read.addClickListener(_ -> {
            boolean open = !grid.isDetailsVisible(judgment);
            grid.setDetailsVisible(judgment, open);
            read.getElement().setAttribute("aria-expanded", String.valueOf(open));
        });
        Div actions = new Div(read);
        actions.addClassName("tb-actions");
        judgment.reopenableTill().ifPresent(till -> {
            Button reopen = new Button(getTranslation("my.history.reopen"), _ -> reopen(judgment));
            reopen.addThemeVariants(ButtonVariant.LUMO_SMALL);
            reopen.setAriaLabel(reopen.getText() + ": " + about(judgment));
            Span end = new Span(getTranslation("my.history.till", moments.till(till, judgment.at())));
            end.addClassName("tb-soft");
            actions.add(reopen, end);
        });
        return actions;
    }

    private Div details(OwnJudgment judgment) {
        return history.shown(judgment.id())
                .<Div>map(shown -> new ReadAgain(judgment, shown))
                .orElseGet(Div::new);
    }

    /// The board is a page of its own, outside of Flow.
    private void reopen(OwnJudgment judgment) {
        history.reopen(judgment.id())
                .ifPresentOrElse(
                        board -> getUI().ifPresent(ui -> ui.getPage().setLocation("annotate/" + board.value())), () -> {
                            Notification.show(getTranslation("my.history.late"), 8000, Notification.Position.MIDDLE);
                            grid.getDataProvider().refreshAll();
                        });
    }

    private String about(OwnJudgment judgment) {
        return getTranslation("my.history.about", choice(judgment), moments.at(judgment.at()));
    }

    private String choice(OwnJudgment judgment) {
        return getTranslation("judging.choice." + judgment.choice());
    }

    private static String label(Verdict verdict) {
        return switch (verdict) {
            case PREFERENCE -> "my.history.preference";
            case TIE -> "judging.choice.4";
            case BOTH_BAD -> "judging.choice.both_bad";
            case SKIP -> "judging.choice.skip";
            case WITHDRAWN -> throw new IllegalArgumentException("what was taken back is in no history");
        };
    }

    private static String beginning(String text) {
        String stripped = text.strip();
        return stripped.length() <= BEGINNING ? stripped : stripped.substring(0, BEGINNING) + " …";
    }
}
