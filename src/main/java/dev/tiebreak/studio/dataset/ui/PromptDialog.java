package dev.tiebreak.studio.dataset.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H4;
import com.vaadin.flow.component.html.Section;
import dev.tiebreak.studio.dataset.Completion;
import dev.tiebreak.studio.dataset.Prompts.Written;
import dev.tiebreak.studio.shell.ui.ModelText;

/// One prompt to read: the whole conversation and every completion.
class PromptDialog extends Dialog {

    PromptDialog(Written written) {
        setHeaderTitle("Prompt " + (written.ordinal() + 1));
        setWidth("min(72rem, 96vw)");
        setMaxHeight("92vh");
        Div content = new Div();
        content.addClassName("tb-reading");
        written.prompt().turns().forEach(turn -> content.add(part(turn.role(), turn.content())));
        Div completions = new Div();
        completions.addClassName("tb-completions");
        int number = 1;
        for (Completion completion : written.completions()) {
            completions.add(part(
                    "Completion " + number++
                            + completion.source().map(from -> " · " + from).orElse(""),
                    completion.text()));
        }
        content.add(completions);
        add(content);
        getFooter().add(new Button("Close", _ -> close()));
    }

    private static Section part(String heading, String text) {
        Section part = new Section(new H4(heading), new ModelText(text));
        part.addClassName("tb-part");
        return part;
    }
}
