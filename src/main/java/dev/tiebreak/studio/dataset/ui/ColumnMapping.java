package dev.tiebreak.studio.dataset.ui;

import com.vaadin.flow.component.formlayout.FormLayout;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.select.Select;
import dev.tiebreak.studio.dataset.CsvColumn;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// Says which column of a CSV file stands for which of ours.
class ColumnMapping extends Div {
    private final Map<CsvColumn, Select<String>> choices = new EnumMap<>(CsvColumn.class);

    ColumnMapping(List<String> columns) {
        FormLayout form = new FormLayout();
        form.setResponsiveSteps(
                new FormLayout.ResponsiveStep("0", 1),
                new FormLayout.ResponsiveStep("26rem", 2),
                new FormLayout.ResponsiveStep("44rem", 3));
        for (CsvColumn ours : CsvColumn.values()) {
            Select<String> choice = choice(ours, columns);
            choices.put(ours, choice);
            form.add(choice);
        }
        add(
                new Paragraph("Which of its columns is which? It needs prompt with chosen and rejected, or prompt with"
                        + " completion a and b."),
                form);
        addClassName("tb-columns");
    }

    private static Select<String> choice(CsvColumn ours, List<String> columns) {
        Select<String> choice = new Select<>();
        choice.setLabel(ours.columnName());
        choice.setHelperText(ours.description());
        choice.setItems(
                columns.stream().distinct().filter(column -> !column.isEmpty()).toList());
        choice.setEmptySelectionAllowed(true);
        choice.setPlaceholder("none");
        if (columns.contains(ours.columnName())) {
            choice.setValue(ours.columnName());
        }
        return choice;
    }

    Map<CsvColumn, String> mapped() {
        Map<CsvColumn, String> mapped = new EnumMap<>(CsvColumn.class);
        choices.forEach((ours, choice) -> choice.getOptionalValue().ifPresent(theirs -> mapped.put(ours, theirs)));
        return mapped;
    }
}
