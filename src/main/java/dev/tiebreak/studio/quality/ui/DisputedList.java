package dev.tiebreak.studio.quality.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.GridVariant;
import dev.tiebreak.studio.dataset.Comparison;
import dev.tiebreak.studio.dataset.ComparisonId;
import dev.tiebreak.studio.quality.DisputedComparison;
import dev.tiebreak.studio.quality.VoteCategory;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// The comparisons on which votes differ most; each opens with its texts and votes.
class DisputedList extends Grid<DisputedComparison> {

    DisputedList(List<DisputedComparison> disputed, Map<ComparisonId, Comparison> texts, Consumer<Comparison> open) {
        addThemeVariants(GridVariant.LUMO_COMPACT, GridVariant.LUMO_ROW_STRIPES);
        addComponentColumn(item -> openButton(item, texts, open))
                .setAutoWidth(true)
                .setFlexGrow(0);
        addColumn(item -> votes(item.votes()))
                .setHeader("Votes")
                .setAutoWidth(true)
                .setFlexGrow(0);
        addColumn(item -> "%.0f %%".formatted(100 * item.agreement()))
                .setHeader("Agreement")
                .setAutoWidth(true)
                .setFlexGrow(0);
        addColumn(item -> beginning(texts, item))
                .setHeader("Prompt")
                .setWidth("16rem")
                .setFlexGrow(1);
        setItems(disputed);
        addClassName("tb-disputed");
        if (disputed.size() <= 10) {
            setAllRowsVisible(true);
        }
    }

    private static Button openButton(
            DisputedComparison item, Map<ComparisonId, Comparison> texts, Consumer<Comparison> open) {
        Button button = new Button(
                "Open", _ -> Optional.ofNullable(texts.get(item.id())).ifPresent(open));
        button.addThemeVariants(ButtonVariant.LUMO_SMALL, ButtonVariant.LUMO_TERTIARY);
        return button;
    }

    private static String votes(Map<VoteCategory, Integer> votes) {
        return votes.entrySet().stream()
                .map(entry -> entry.getValue() + " × " + entry.getKey().label())
                .collect(Collectors.joining(", "));
    }

    private static String beginning(Map<ComparisonId, Comparison> texts, DisputedComparison item) {
        String text = Optional.ofNullable(texts.get(item.id()))
                .map(comparison ->
                        comparison.prompt().turns().getLast().content().strip())
                .orElse("");
        return text.length() <= 160 ? text : text.substring(0, 160) + " …";
    }
}
