package dev.tiebreak.studio.quality.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.GridVariant;
import dev.tiebreak.studio.assignment.GoldItem;
import dev.tiebreak.studio.dataset.Comparison;
import dev.tiebreak.studio.dataset.ComparisonId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/// The gold comparisons of a project.
class GoldTable extends Grid<GoldItem> {

    GoldTable(List<GoldItem> gold, Map<ComparisonId, Comparison> texts, Consumer<ComparisonId> unmark) {
        addThemeVariants(GridVariant.LUMO_COMPACT, GridVariant.LUMO_ROW_STRIPES);
        addColumn(item -> number(item, texts)).setHeader("Comparison").setAutoWidth(true);
        addColumn(item -> prompt(item, texts)).setHeader("Prompt").setFlexGrow(2);
        addColumn(item -> item.expected().label()).setHeader("Expected").setAutoWidth(true);
        addColumn(item -> item.attention() ? "yes" : "")
                .setHeader("Attention check")
                .setAutoWidth(true);
        addColumn(item -> item.explanation().orElse("")).setHeader("Why").setFlexGrow(2);
        addComponentColumn(item -> ordinaryAgain(number(item, texts), () -> unmark.accept(item.comparison())))
                .setAutoWidth(true);
        setItems(gold);
        if (gold.size() <= 10) {
            setAllRowsVisible(true);
        }
    }

    private static Button ordinaryAgain(int number, Runnable unmark) {
        Button button = new Button("Ordinary again", _ -> unmark.run());
        button.addThemeVariants(ButtonVariant.LUMO_SMALL);
        button.setAriaLabel("Ordinary again: comparison " + number);
        return button;
    }

    private static int number(GoldItem item, Map<ComparisonId, Comparison> texts) {
        return Objects.requireNonNull(texts.get(item.comparison())).ordinal() + 1;
    }

    /// As text: a grid's cells escape it.
    private static String prompt(GoldItem item, Map<ComparisonId, Comparison> texts) {
        return Objects.requireNonNull(texts.get(item.comparison()))
                .prompt()
                .turns()
                .getLast()
                .content();
    }
}
