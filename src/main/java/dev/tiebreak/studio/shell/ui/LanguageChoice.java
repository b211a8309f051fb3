package dev.tiebreak.studio.shell.ui;

import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.select.SelectVariant;
import dev.tiebreak.studio.shell.Language;

/// Lets a person choose the language of the interface; the browser keeps it.
public class LanguageChoice extends Select<Language> {
    public LanguageChoice() {
        setItems(Language.values());
        setItemLabelGenerator(Language::ownName);
        setValue(Language.of(getLocale()));
        setAriaLabel(getTranslation("layout.language"));
        addThemeVariants(SelectVariant.LUMO_SMALL);
        addClassName("tb-language");
        addValueChangeListener(chosen -> speak(chosen.getValue()));
    }

    private void speak(Language language) {
        getElement()
                .executeJs(
                        "document.cookie = $0 + '; path=/; max-age=31536000; samesite=lax'; location.reload()",
                        Language.COOKIE + "=" + language.tag());
    }
}
