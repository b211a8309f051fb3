package dev.tiebreak.studio.dataset.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.H4;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.progressbar.ProgressBar;

/// How far an import is.
class ImportProgress extends Section {
    private final ProgressBar bar = new ProgressBar();
    private final Span text = new Span("0 % read");
    private final Button stop = new Button("Stop");

    ImportProgress(Runnable onStop) {
        bar.getElement().setAttribute("aria-label", "Import");
        stop.addClickListener(_ -> {
            stop.setEnabled(false);
            onStop.run();
        });
        addClassName("tb-panel");
        add(new H4("Importing …"), bar, text, stop);
    }

    void show(double share) {
        bar.setValue(share);
        text.setText(share < 1 ? "%.0f %% read".formatted(Math.floor(100 * share)) : "All is read; it is being stored");
    }
}
