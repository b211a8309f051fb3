package dev.tiebreak.studio.training.ui;

import com.vaadin.flow.component.html.Span;
import dev.tiebreak.studio.training.TrainingState;
import java.util.Locale;

/// Where a run stands, in a word and a colour.
class StateBadge extends Span {

    void show(TrainingState state) {
        setText(state.label());
        setClassName("tb-state tb-state-" + state.name().toLowerCase(Locale.ROOT));
    }
}
