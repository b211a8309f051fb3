package dev.tiebreak.studio.shell;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.Route;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Every language says everything, nothing is said that nobody asks for, and nothing is asked for that nobody says.
class TextsTest {
    private static final Path FOLDER = Path.of("src/main/resources/vaadin-i18n");
    private static final Set<String> CATEGORIES = Set.of("zero", "one", "two", "few", "many", "other");

    /// A whole key as a literal of a source, or the beginning that something is added to.
    private static final Pattern LITERAL = Pattern.compile("[\"'`]([a-z][a-z0-9_-]*(?:\\.[a-z0-9_-]+)*\\.?)[\"'`]");

    private static final Pattern ASKED = Pattern.compile("getTranslation\\(\\s*\"([^\"]+)\"\\s*[,)]");

    private final Texts texts = new Texts();

    @ParameterizedTest
    @EnumSource(Language.class)
    void every_language_has_every_text(Language language) {
        assertThat(bases(file(language))).isEqualTo(bases(file(Language.ENGLISH)));
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void what_depends_on_a_number_stands_in_exactly_the_plural_forms_of_the_language(Language language) {
        Map<String, Set<String>> forms = new TreeMap<>();
        file(language).keySet().stream()
                .filter(TextsTest::isPlural)
                .forEach(key -> forms.computeIfAbsent(base(key), _ -> new TreeSet<>())
                        .add(key.substring(key.lastIndexOf('.') + 1)));
        assertThat(forms)
                .isNotEmpty()
                .allSatisfy((key, categories) ->
                        assertThat(categories).as(key).containsExactlyInAnyOrderElementsOf(language.plurals()));
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void every_text_is_a_message_without_holes_of_its_own_and_says_something(Language language) {
        Map<String, String> english = file(Language.ENGLISH);
        file(language).forEach((key, text) -> {
            assertThat(text.strip()).as(key).isNotEmpty();
            assertThat(text)
                    .as("%s: an ASCII apostrophe quotes in a MessageFormat", key)
                    .doesNotContain("'");
            if (!isPlural(key)) {
                assertThat(holes(text)).as(key).isEqualTo(holes(english.getOrDefault(key, "")));
            }
        });
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void the_board_can_fill_in_its_texts_by_itself(Language language) {
        assertThat(texts.startingWith(language, List.of("board.", "judging.")))
                .isNotEmpty()
                .allSatisfy((key, text) ->
                        assertThat(text.replaceAll("\\{\\d}", "")).as(key).doesNotContain("{", "}"));
    }

    @Test
    void no_text_is_unused() {
        Set<String> said = literals();
        assertThat(bases(file(Language.ENGLISH)))
                .allSatisfy(key -> assertThat(
                                said.contains(key) || said.contains(key.substring(0, key.lastIndexOf('.') + 1)))
                        .as("'%s' is used in a source", key)
                        .isTrue());
    }

    @Test
    void no_text_is_asked_for_that_is_not_there() {
        Set<String> known = bases(file(Language.ENGLISH));
        assertThat(sources().flatMap(source -> ASKED.matcher(source).results().map(found -> found.group(1))))
                .isNotEmpty()
                .allSatisfy(key -> assertThat(known.contains(key)
                                || key.endsWith(".") && known.stream().anyMatch(each -> each.startsWith(key)))
                        .as(key)
                        .isTrue());
    }

    @Test
    void every_entry_of_the_menu_has_its_text_and_no_other_has_one() {
        JavaClasses classes = new ClassFileImporter().importPackages("dev.tiebreak.studio");
        Set<String> entries = classes.stream()
                .filter(type -> type.isAnnotatedWith(Menu.class))
                .map(type -> "menu." + type.getAnnotationOfType(Route.class).value())
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(bases(file(Language.ENGLISH)).stream().filter(key -> key.startsWith("menu.")))
                .containsExactlyInAnyOrderElementsOf(entries);
    }

    @Test
    void numbers_are_written_and_counted_as_the_language_does() {
        assertThat(texts.getTranslation("my.history.count", Locale.UK, 1)).isEqualTo("1 judgment");
        assertThat(texts.getTranslation("my.history.count", Locale.UK, 1234)).isEqualTo("1,234 judgments");
        assertThat(texts.getTranslation("my.history.count", Locale.JAPAN, 1234)).isEqualTo("1,234 件の判断");
        assertThat(texts.getTranslation("my.history.count", Locale.forLanguageTag("ar"), 2))
                .isEqualTo("حكمان");
        assertThat(texts.getTranslation("my.history.count", Locale.forLanguageTag("ar-EG"), 5))
                .isEqualTo("٥ أحكام");
        assertThat(texts.getTranslation("my.history.count", Locale.forLanguageTag("ar"), 11))
                .isEqualTo("11 حكمًا");
        assertThat(texts.getTranslation("no.such.text", Locale.UK)).isEqualTo("no.such.text");
    }

    private static Set<String> bases(Map<String, String> file) {
        return file.keySet().stream().map(TextsTest::base).collect(Collectors.toCollection(TreeSet::new));
    }

    private static String base(String key) {
        return isPlural(key) ? key.substring(0, key.lastIndexOf('.')) : key;
    }

    private static boolean isPlural(String key) {
        return CATEGORIES.contains(key.substring(key.lastIndexOf('.') + 1));
    }

    private static int holes(String text) {
        return new MessageFormat(text, Locale.ENGLISH).getFormatsByArgumentIndex().length;
    }

    private static Set<String> literals() {
        return sources()
                .flatMap(source -> LITERAL.matcher(source).results().map(found -> found.group(1)))
                .collect(Collectors.toSet());
    }

    private static Stream<String> sources() {
        return Stream.of(Path.of("src/main/java/dev/tiebreak/studio"), Path.of("frontend/src"))
                .flatMap(TextsTest::filesUnder)
                .filter(file -> file.toString().matches(".*\\.(java|ts)"))
                .map(TextsTest::read);
    }

    private static Stream<Path> filesUnder(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String> file(Language language) {
        String suffix = language == Language.ENGLISH ? "" : "_" + language.tag();
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(FOLDER.resolve("translations" + suffix + ".properties"))) {
            properties.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new TreeMap<>(properties.stringPropertyNames().stream()
                .collect(Collectors.toMap(key -> key, properties::getProperty)));
    }
}
