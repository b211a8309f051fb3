package dev.tiebreak.studio.judgment;

import dev.tiebreak.studio.account.Role;
import dev.tiebreak.studio.shell.Language;
import dev.tiebreak.studio.shell.Texts;
import jakarta.annotation.security.RolesAllowed;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// The board's texts in the language of whoever asks: those of `vaadin-i18n` whose keys begin with `board.` or
/// `judging.`.
@RestController
@RolesAllowed({Role.Names.ANNOTATOR, Role.Names.DATA_LEAD, Role.Names.ADMINISTRATOR})
class BoardTextsController {
    static final List<String> BEGINNINGS = List.of("board.", "judging.");

    private final Texts texts;

    BoardTextsController(Texts texts) {
        this.texts = texts;
    }

    /// @param locale    for the browser's `Intl`, and the page's `lang`
    /// @param direction for the page's `dir`
    /// @param texts     by key; the board fills in `{0}`, and takes `key.one`, `key.other` … by `Intl.PluralRules`
    record Answer(String locale, String direction, Map<String, String> texts) {}

    @GetMapping("/api/board/texts")
    Answer texts(HttpServletRequest request) {
        Locale locale = Language.localeOf(request);
        Language language = Language.of(locale);
        return new Answer(locale.toLanguageTag(), language.direction(), texts.startingWith(language, BEGINNINGS));
    }
}
