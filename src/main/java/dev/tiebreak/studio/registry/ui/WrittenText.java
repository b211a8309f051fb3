package dev.tiebreak.studio.registry.ui;

import dev.tiebreak.studio.shell.ui.ModelText;

/// What a model writes, while it writes: letter by letter, with no Markdown to change its looks, and invisible
/// characters named.
class WrittenText extends ModelText {

    WrittenText() {
        super("");
        getElement().setProperty("plain", true);
    }

    void show(String written) {
        getElement().setProperty("text", written);
    }
}
