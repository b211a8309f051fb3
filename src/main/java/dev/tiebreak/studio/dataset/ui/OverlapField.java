package dev.tiebreak.studio.dataset.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.data.value.ValueChangeMode;
import dev.tiebreak.studio.dataset.Project;
import java.util.function.IntConsumer;

/// Sets how many annotators judge each comparison.
class OverlapField extends Div {

    OverlapField(Project project, IntConsumer set) {
        IntegerField overlap = new IntegerField("Annotators a comparison");
        overlap.setMin(1);
        overlap.setMax(100);
        overlap.setValue(project.overlap());
        overlap.setStepButtonsVisible(true);
        overlap.setValueChangeMode(ValueChangeMode.EAGER);
        overlap.setHelperText("More opens work for annotators; less takes back only what nobody has begun.");
        Button save = new Button("Set", _ -> set.accept(overlap.getValue()));
        save.setEnabled(false);
        overlap.addValueChangeListener(_ -> save.setEnabled(!overlap.isEmpty()
                && overlap.getValue() >= 1
                && overlap.getValue() <= 100
                && overlap.getValue() != project.overlap()));
        addClassName("tb-overlap");
        add(overlap, save);
    }
}
