package dev.tiebreak.studio.registry.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import dev.tiebreak.studio.registry.Checkpoint;

/// One model's completion: what it has written so far, and below it how long it is and what the reward model says.
class CompletionPanel extends Section {
    private final WrittenText text = new WrittenText();
    private final Span status = new Span();
    private final Span score = new Span();

    CompletionPanel(Checkpoint model) {
        Div title = new Div(new H3(model.name()), CheckpointText.badge(model.kind()));
        title.addClassName("tb-checkpoint-title");
        status.addClassName("tb-soft");
        score.addClassName("tb-score");
        Div footer = new Div(status, score);
        footer.addClassName("tb-completion-footer");
        addClassName("tb-completion");
        add(title, text, footer);
    }

    void show(String written) {
        text.show(written);
    }

    void say(String what) {
        status.setText(what);
    }

    void finish(String written, int tokens, boolean cutOff) {
        text.show(written);
        String empty = written.isEmpty() ? "An empty completion, " : "";
        status.setText(empty
                + "%,d %s".formatted(tokens, tokens == 1 ? "token" : "tokens")
                + (cutOff ? ", cut off at the limit" : ""));
    }

    void score(double value, boolean best) {
        score.setText("Reward %.3f%s".formatted(value, best ? " ▲ higher" : ""));
        score.setClassName("tb-best", best);
    }
}
