package dev.tiebreak.studio.registry.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// A try as it stands: the completions side by side and the reward model's verdict below.
class TriedPanel extends Div {
    private final Tried tried;
    private final List<CompletionPanel> panels = new ArrayList<>();
    private final Paragraph verdict = new Paragraph();

    TriedPanel(Tried tried) {
        this.tried = tried;
        Div sides = new Div();
        sides.addClassName("tb-sides");
        tried.models().forEach(model -> {
            CompletionPanel panel = new CompletionPanel(model);
            panels.add(panel);
            sides.add(panel);
        });
        verdict.addClassName("tb-verdict");
        add(sides, verdict);
        IntStream.range(0, panels.size()).forEach(this::refresh);
        showScores();
    }

    void say(int model, String what) {
        panels.get(model).say(what);
    }

    void refresh(int model) {
        Tried.Written written = tried.written(model);
        if (written.finished()) {
            panels.get(model).finish(written.text(), written.tokens(), written.cutOff());
        } else {
            panels.get(model).show(written.text());
        }
    }

    void showScores() {
        for (int i = 0; i < tried.scores().size(); i++) {
            panels.get(i).score(tried.scores().get(i), tried.isBest(i));
        }
        String judge = tried.rewardModel().map(model -> model.name()).orElse("");
        verdict.setText(tried.chanceOfSecond()
                .map(chance -> "By the reward model %s, the completion of %s would win with a probability of %.0f %%."
                        .formatted(judge, tried.models().getLast().name(), 100 * chance))
                .orElse(""));
        verdict.setVisible(!verdict.getText().isEmpty());
    }
}
