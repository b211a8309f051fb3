package dev.tiebreak.studio.dataset.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H4;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.select.Select;
import dev.tiebreak.studio.dataset.ImportFormat;
import dev.tiebreak.studio.dataset.ImportRequest.ImportFile;
import java.util.Map;
import java.util.Optional;

/// One uploaded file: its format as told by its first row, to be changed, and for CSV what its columns stand for.
class UploadedFileCard extends Section {
    private final UploadedFile file;
    private final Select<ImportFormat> format = new Select<>();
    private final ColumnMapping columns;

    UploadedFileCard(UploadedFile file, Runnable changed, Runnable remove) {
        this.file = file;
        this.columns = new ColumnMapping(file.columns());
        addClassNames("tb-panel", "tb-upload");
        format.setLabel("Format");
        format.setItems(ImportFormat.values());
        format.setItemLabelGenerator(choice -> choice == null ? "" : choice.description());
        format.setPlaceholder("Choose what it holds");
        file.format().ifPresent(format::setValue);
        format.setWidthFull();
        format.addValueChangeListener(_ -> {
            showColumns();
            changed.run();
        });
        add(header(remove));
        if (!file.problem().isEmpty()) {
            Paragraph problem = new Paragraph(file.problem());
            problem.addClassName("tb-problem");
            add(problem);
        }
        add(format, columns);
        showColumns();
    }

    private Div header(Runnable remove) {
        Span size = new Span(file.size());
        size.addClassName("tb-soft");
        Button button = new Button("Remove", _ -> remove.run());
        button.addThemeVariants(ButtonVariant.LUMO_TERTIARY, ButtonVariant.LUMO_SMALL);
        button.setAriaLabel("Remove " + file.name());
        Div header = new Div(new H4(file.name()), size, button);
        header.addClassName("tb-upload-header");
        return header;
    }

    private void showColumns() {
        columns.setVisible(
                format.getValue() == ImportFormat.CSV && !file.columns().isEmpty());
    }

    UploadedFile file() {
        return file;
    }

    /// Empty while no format is chosen.
    Optional<ImportFile> importFile() {
        return Optional.ofNullable(format.getValue())
                .map(chosen -> new ImportFile(
                        file.path(), file.name(), chosen, chosen == ImportFormat.CSV ? columns.mapped() : Map.of()));
    }
}
