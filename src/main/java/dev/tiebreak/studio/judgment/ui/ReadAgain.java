package dev.tiebreak.studio.judgment.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H4;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import dev.tiebreak.studio.dataset.Turn;
import dev.tiebreak.studio.judgment.OwnHistory.Shown;
import dev.tiebreak.studio.judgment.OwnJudgment;
import dev.tiebreak.studio.shell.ui.ModelText;

/// A comparison one has judged: the conversation and both completions, on the sides where they stood.
class ReadAgain extends Div {
    ReadAgain(OwnJudgment judgment, Shown shown) {
        addClassName("tb-read-again");
        shown.comparison().prompt().turns().forEach(turn -> add(turn(turn)));
        Div pair = new Div(text("A", shown.left()), text("B", shown.right()));
        pair.addClassName("tb-read-pair");
        pair.getElement().setAttribute("dir", "ltr"); // A stands left, as on the board
        add(pair);
        judgment.reason()
                .ifPresent(
                        reason -> add(new Section(new H4(getTranslation("my.history.reason")), new Paragraph(reason))));
    }

    private Section turn(Turn turn) {
        String key = "judging.role." + turn.role();
        String role = getTranslation(key);
        return text(role.equals(key) ? turn.role() : role, turn.content());
    }

    private static Section text(String title, String text) {
        return new Section(new H4(title), new ModelText(text));
    }
}
