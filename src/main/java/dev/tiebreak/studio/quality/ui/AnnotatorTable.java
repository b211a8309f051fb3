package dev.tiebreak.studio.quality.ui;

import com.vaadin.flow.component.grid.ColumnTextAlign;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.GridVariant;
import dev.tiebreak.statistics.Estimate;
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
        checked(annotators, "Says the same again (95 %)", AnnotatorSummary::selfConsistency);
        checked(annotators, "Gold right (95 %)", AnnotatorSummary::goldAccuracy);
        checked(annotators, "Attention checks right (95 %)", AnnotatorSummary::attention);
        setItems(annotators);
        addClassName("tb-annotators");
        if (annotators.size() <= 10) {
            setAllRowsVisible(true);
        }
    }

    /// A column only where somebody was checked.
    private void checked(
            List<AnnotatorSummary> annotators, String header, Function<AnnotatorSummary, Estimate> estimate) {
        if (annotators.stream()
                .anyMatch(annotator -> estimate.apply(annotator).point().isPresent())) {
            number(
                    header,
                    annotator -> EstimateText.percentWithInterval(estimate.apply(annotator)),
                    annotator -> estimate.apply(annotator).point().orElse(-1));
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
