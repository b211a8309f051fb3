package dev.tiebreak.studio.registry.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import dev.tiebreak.studio.registry.Checkpoint;
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

    /// For tries that are over.
    void sayWhatIsUnfinished() {
        IntStream.range(0, panels.size())
                .filter(model -> !tried.written(model).finished())
                .forEach(model -> say(model, "Not finished"));
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
        verdict.setText(tried.chanceOfSecond()
                .map(chance -> "By %s, the completion of %s would win with a probability of %s."
                        .formatted(
                                tried.rewardModel().map(Checkpoint::name).orElse(""),
                                tried.models().getLast().name(),
                                percent(chance)))
                .orElse(""));
        verdict.setVisible(!verdict.getText().isEmpty());
    }

    /// A score is no certainty, however far apart two are.
    private static String percent(double chance) {
        if (chance > 0.99) {
            return "more than 99 %";
        }
        return chance < 0.01 ? "less than 1 %" : "%.0f %%".formatted(100 * chance);
    }
}
