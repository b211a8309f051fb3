package dev.tiebreak.studio.judgment.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import dev.tiebreak.studio.judgment.OwnRubrics;

/// Says that a rubric changed since one last looked, until one has.
class ChangedRubricBanner extends Div {
    ChangedRubricBanner(OwnRubrics.Changed changed, OwnRubrics rubrics) {
        Button see = new Button(
                getTranslation("my.rubric.see"),
                _ -> new RubricDialog(changed, () -> {
                            rubrics.see(changed.current());
                            removeFromParent();
                        })
                        .open());
        see.addThemeVariants(ButtonVariant.LUMO_PRIMARY, ButtonVariant.LUMO_SMALL);
        addClassName("tb-rubric-banner");
        getElement().setAttribute("role", "status");
        add(new Span(getTranslation("my.rubric.changed", changed.current().title())), see);
    }
}
