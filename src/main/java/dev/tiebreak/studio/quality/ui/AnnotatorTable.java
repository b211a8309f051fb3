package dev.tiebreak.studio.quality.ui;

import com.vaadin.flow.component.grid.ColumnTextAlign;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.GridVariant;
import dev.tiebreak.studio.quality.AnnotatorSummary;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/// Annotators side by side; every column sorts.
class AnnotatorTable extends Grid<AnnotatorSummary> {

    AnnotatorTable(List<AnnotatorSummary> annotators) {
        addThemeVariants(GridVariant.LUMO_COMPACT, GridVariant.LUMO_ROW_STRIPES);
        addColumn(AnnotatorSummary::name)
                .setHeader("Annotator")
                .setSortable(true)
                .setAutoWidth(true)
                .setFrozen(true);
        number("Votes", annotator -> "%,d".formatted(annotator.votes()), AnnotatorSummary::votes);
        number("Skips", annotator -> "%,d".formatted(annotator.skips()), AnnotatorSummary::skips);
        number(
                "Agrees with others",
                annotator -> EstimateText.percent(annotator.agreement()),
                annotator -> annotator.agreement().point().orElse(-1));
        number(
                "Chooses left (95 %)",
                annotator -> EstimateText.percentWithInterval(annotator.leftShare()),
                annotator -> annotator.leftShare().point().orElse(-1));
        number(
                "Mean active time",
                annotator -> annotator.meanActive().map(AnnotatorTable::seconds).orElse("–"),
                annotator -> annotator.meanActive().map(Duration::toMillis).orElse(-1L));
        setItems(annotators);
        addClassName("tb-annotators");
        if (annotators.size() <= 10) {
            setAllRowsVisible(true);
        }
    }

    private <C extends Comparable<C>> void number(
            String header, Function<AnnotatorSummary, String> text, Function<AnnotatorSummary, C> order) {
        addColumn(text::apply)
                .setHeader(header)
                .setComparator(Comparator.comparing(order))
                .setSortable(true)
                .setTextAlign(ColumnTextAlign.END)
                .setAutoWidth(true);
    }

    private static String seconds(Duration duration) {
        return "%.1f s".formatted(duration.toMillis() / 1000.0);
    }
}
