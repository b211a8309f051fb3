package dev.tiebreak.studio.shell.ui;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Tag;

/// What a model or a person wrote, rendered by our own safe Markdown.
@Tag("tb-markdown")
public class ModelText extends Component {

    public ModelText(String text) {
        getElement().setProperty("text", text);
    }

    @Override
    protected void onAttach(AttachEvent event) {
        getElement().executeJs("import(new URL('tiebreak/markdown.js', document.baseURI).href)");
    }
}
