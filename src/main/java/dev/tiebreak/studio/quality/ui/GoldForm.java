package dev.tiebreak.studio.quality.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.TextField;
import dev.tiebreak.studio.assignment.GoldItem;
import dev.tiebreak.studio.assignment.GoldItem.Expected;
import dev.tiebreak.studio.dataset.ComparisonId;
import java.util.Optional;
import java.util.function.Function;

/// Makes a comparison gold.
class GoldForm extends Div {

    /// What is given the number of a comparison, and what it becomes.
    interface Mark {
        void mark(int number, Function<ComparisonId, GoldItem> item);
    }

    GoldForm(Mark mark) {
        IntegerField number = new IntegerField("Comparison");
        number.setMin(1);
        number.setHelperText("Its number, as under Agreement");
        Select<Expected> expected = new Select<>();
        expected.setLabel("Expected");
        expected.setItems(Expected.values());
        expected.setItemLabelGenerator(Expected::label);
        expected.setValue(Expected.A);
        TextField explanation = new TextField("Why (optional)");
        explanation.setMaxLength(GoldItem.LONGEST_EXPLANATION);
        explanation.setClassName("tb-gold-why");
        Checkbox attention = new Checkbox("Attention check");
        Button add = new Button(
                "Make it gold",
                _ -> mark.mark(
                        number.getValue(),
                        comparison -> new GoldItem(
                                comparison,
                                expected.getValue(),
                                Optional.of(explanation.getValue()),
                                attention.getValue())));
        add.setEnabled(false);
        number.addValueChangeListener(_ -> add.setEnabled(!number.isEmpty()));
        add(number, expected, explanation, attention, add);
        addClassName("tb-check-form");
    }
}
