package dev.tiebreak.studio.shell;

import com.vaadin.flow.i18n.I18NProvider;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/// The texts of the interface: one file a language in `vaadin-i18n`, every text a `MessageFormat`. A text that depends
/// on
/// a number stands once a plural category, as `key.one` and `key.other`; the first argument chooses.
@Component
public class Texts implements I18NProvider {
    private final Map<Language, TreeMap<String, String>> all = new EnumMap<>(Language.class);

    Texts() {
        Arrays.stream(Language.values()).forEach(language -> all.put(language, read(language)));
    }

    @Override
    public List<Locale> getProvidedLocales() {
        return Arrays.stream(Language.values()).map(Language::locale).toList();
    }

    /// The key itself where there is no such text.
    @Override
    public String getTranslation(String key, Locale locale, Object... params) {
        Language language = Language.of(locale);
        Map<String, String> texts = texts(language);
        String text = texts.get(key);
        if (text == null && params.length > 0 && params[0] instanceof Number number) {
            text = texts.get(key + "." + language.plural(number.longValue()));
        }
        return text == null ? key : new MessageFormat(text, locale).format(params);
    }

    /// The patterns of all texts whose key begins with one of these, by key, for pages that fill them in themselves.
    public SortedMap<String, String> startingWith(Language language, List<String> beginnings) {
        return texts(language).entrySet().stream()
                .filter(text -> beginnings.stream().anyMatch(text.getKey()::startsWith))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, _) -> a, TreeMap::new));
    }

    private TreeMap<String, String> texts(Language language) {
        return Objects.requireNonNull(all.get(language));
    }

    private static TreeMap<String, String> read(Language language) {
        String suffix = language == Language.ENGLISH ? "" : "_" + language.tag();
        String file = "/vaadin-i18n/translations" + suffix + ".properties";
        Properties properties = new Properties();
        try (Reader reader = new InputStreamReader(
                Objects.requireNonNull(Texts.class.getResourceAsStream(file), file), StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        TreeMap<String, String> texts = new TreeMap<>();
        properties.stringPropertyNames().forEach(key -> texts.put(key, properties.getProperty(key)));
        return texts;
    }
}
