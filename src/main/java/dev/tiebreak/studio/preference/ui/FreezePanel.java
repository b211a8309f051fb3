package dev.tiebreak.studio.preference.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.formlayout.FormLayout;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.data.value.ValueChangeMode;
import dev.tiebreak.studio.preference.FreezeCounts;
import dev.tiebreak.studio.preference.FreezePreview;
import dev.tiebreak.studio.preference.FreezeSettings;
import dev.tiebreak.studio.preference.FreezeSettings.MarginRule;
import dev.tiebreak.studio.preference.FreezeSettings.VotePolicy;
import java.util.Optional;
import java.util.function.Consumer;

/// Settings of a freeze, and what it would give with them.
class FreezePanel extends Section {
    private final FreezePreview preview;
    private final IntegerField minVotes;
    private final Select<VotePolicy> ties;
    private final Select<VotePolicy> bothBad;
    private final Select<MarginRule> margin;
    private final IntegerField testPercent;
    private final IntegerField seed;
    private final Div outcome = new Div();
    private final Button freeze = new Button("Freeze");

    FreezePanel(FreezePreview preview, Consumer<FreezeSettings> onFreeze) {
        this.preview = preview;
        FreezeSettings defaults = FreezeSettings.defaults();
        minVotes = number("Fewest votes", 1, 1000, defaults.minVotes());
        ties = policy("Ties", defaults.ties());
        bothBad = policy("Both bad", defaults.bothBad());
        margin = choice("Margin", defaults.margin(), MarginRule.values());
        margin.setItemLabelGenerator(FreezePanel::label);
        testPercent = number("Test prompts in %", 0, 90, (int) Math.round(100 * defaults.testFraction()));
        seed = number("Seed of the split", 0, Integer.MAX_VALUE, (int) defaults.seed());
        freeze.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
        freeze.addClickListener(_ -> settings().ifPresent(onFreeze));
        outcome.getElement().setAttribute("aria-live", "polite");
        FormLayout form = new FormLayout(minVotes, ties, bothBad, margin, testPercent, seed);
        form.setResponsiveSteps(
                new FormLayout.ResponsiveStep("0", 1),
                new FormLayout.ResponsiveStep("28rem", 2),
                new FormLayout.ResponsiveStep("48rem", 3));
        addClassName("tb-freeze");
        add(new H3("Freeze a version"), form, outcome, freeze);
        minVotes.addValueChangeListener(_ -> refresh());
        ties.addValueChangeListener(_ -> refresh());
        bothBad.addValueChangeListener(_ -> refresh());
        margin.addValueChangeListener(_ -> refresh());
        testPercent.addValueChangeListener(_ -> refresh());
        seed.addValueChangeListener(_ -> refresh());
        refresh();
    }

    private void refresh() {
        outcome.removeAll();
        Optional<FreezeCounts> counts = settings().map(preview::counts);
        freeze.setEnabled(counts.filter(each -> each.pairs() > 0).isPresent());
        counts.ifPresent(each -> outcome.add(new FreezeOutcome(each)));
    }

    /// Empty while a field is empty or out of range; the field says so itself.
    private Optional<FreezeSettings> settings() {
        if (minVotes.isEmpty() || testPercent.isEmpty() || seed.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new FreezeSettings(
                    minVotes.getValue(),
                    ties.getValue(),
                    bothBad.getValue(),
                    margin.getValue(),
                    testPercent.getValue() / 100.0,
                    seed.getValue()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static IntegerField number(String label, int least, int most, int value) {
        IntegerField field = new IntegerField(label);
        field.setMin(least);
        field.setMax(most);
        field.setStepButtonsVisible(true);
        field.setValue(value);
        field.setValueChangeMode(ValueChangeMode.LAZY);
        return field;
    }

    private static Select<VotePolicy> policy(String label, VotePolicy value) {
        Select<VotePolicy> select = choice(label, value, VotePolicy.values());
        select.setItemLabelGenerator(policy -> switch (policy) {
            case DROP -> "no pair where most frequent";
            case IGNORE -> "set aside";
        });
        return select;
    }

    private static String label(MarginRule rule) {
        return switch (rule) {
            case STRENGTH -> "mean strength (0 to 3)";
            case VOTE_SHARE -> "vote share (0 to 1)";
            case NONE -> "no margin";
        };
    }

    @SafeVarargs
    private static <T> Select<T> choice(String label, T value, T... items) {
        Select<T> select = new Select<>();
        select.setLabel(label);
        select.setItems(items);
        select.setValue(value);
        return select;
    }
}
