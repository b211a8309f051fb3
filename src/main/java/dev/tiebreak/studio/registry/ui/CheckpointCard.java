package dev.tiebreak.studio.registry.ui;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import dev.tiebreak.studio.registry.Checkpoint;
import dev.tiebreak.studio.registry.CheckpointKind;

/// One checkpoint in the list: what it is, what it came from, how well it does.
class CheckpointCard extends Section {

    /// @param origin such as "from small-world on Small talk v1"
    CheckpointCard(Checkpoint checkpoint, String origin, long bytes) {
        Anchor name = new Anchor("checkpoints/" + checkpoint.id().value(), checkpoint.name());
        Div title = new Div(new H3(name), CheckpointText.badge(checkpoint.kind()));
        title.addClassName("tb-checkpoint-title");
        addClassName("tb-checkpoint");
        add(title);
        if (!origin.isEmpty()) {
            add(new Div(new Span(origin)));
        }
        add(figures(checkpoint), soft(checkpoint, bytes));
        if (bytes > 0) {
            Anchor link = new Anchor(tryPath(checkpoint), "Try it");
            link.setAriaLabel("Try " + checkpoint.name());
            add(link);
        }
    }

    /// A base model alone is tried too; a reward model needs completions to score.
    static String tryPath(Checkpoint checkpoint) {
        String parameter = checkpoint.kind() == CheckpointKind.REWARD_MODEL ? "reward" : "model";
        return "try?" + parameter + "=" + checkpoint.id().value();
    }

    private static Div figures(Checkpoint checkpoint) {
        Div figures = new Div();
        figures.addClassName("tb-figures-row");
        CheckpointText.keyFigures(checkpoint).forEach(figure -> {
            Span value = new Span(figure.value());
            value.addClassName("tb-figure");
            figures.add(new Div(value, new Span(figure.label())));
        });
        figures.setVisible(figures.getComponentCount() > 0);
        return figures;
    }

    private static Div soft(Checkpoint checkpoint, long bytes) {
        String size = bytes == 0 ? "its files are gone" : CheckpointText.size(bytes);
        Div soft = new Div(new Span("%s · %s · by %s"
                .formatted(size, CheckpointText.minute(checkpoint.createdAt()), checkpoint.createdBy())));
        soft.addClassName("tb-soft");
        return soft;
    }
}
