package dev.tiebreak.studio.quality.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H4;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.UnorderedList;
import dev.tiebreak.studio.dataset.Comparison;
import dev.tiebreak.studio.dataset.Completion;
import dev.tiebreak.studio.dataset.Turn;
import dev.tiebreak.studio.quality.ComparisonVote;
import dev.tiebreak.studio.quality.VoteCategory;
import dev.tiebreak.studio.shell.ui.ModelText;
import java.util.List;

/// One comparison to read: the conversation, both completions, and who voted how.
class ComparisonDialog extends Dialog {

    ComparisonDialog(Comparison comparison, List<ComparisonVote> votes) {
        setHeaderTitle("Comparison " + (comparison.ordinal() + 1));
        setWidth("min(72rem, 96vw)");
        setMaxHeight("92vh");
        Div conversation = new Div();
        comparison.prompt().turns().forEach(turn -> conversation.add(turn(turn)));
        Div pair = new Div(completion("A", comparison.a()), completion("B", comparison.b()));
        pair.addClassName("tb-pair");
        UnorderedList list = new UnorderedList();
        votes.forEach(vote -> list.add(new ListItem(text(vote))));
        Div content = new Div(conversation, pair, new Section(new H4("Votes"), list));
        content.addClassName("tb-comparison");
        add(content);
        getFooter().add(new Button("Close", _ -> close()));
    }

    private static Section turn(Turn turn) {
        Section section = new Section(new H4(turn.role()), new ModelText(turn.content()));
        section.addClassName("tb-turn");
        return section;
    }

    private static Section completion(String name, Completion completion) {
        String source = completion.source().map(from -> " · " + from).orElse("");
        Section section = new Section(new H4("Completion " + name + source), new ModelText(completion.text()));
        section.addClassName("tb-completion");
        return section;
    }

    private static String text(ComparisonVote vote) {
        String said = vote.category()
                .map(VoteCategory::label)
                .orElse("skipped" + vote.reason().map(reason -> ": " + reason).orElse(""));
        String strength = switch (Math.abs(vote.strength())) {
            case 1 -> " (slightly)";
            case 2 -> " (clearly)";
            case 3 -> " (much)";
            default -> "";
        };
        return vote.annotator() + ": " + said + strength;
    }
}
