package dev.tiebreak.studio.shell;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// A language that the interface speaks.
public enum Language {
    ENGLISH("en", "English"),
    ARABIC("ar", "العربية"),
    JAPANESE("ja", "日本語");

    /// Where a browser keeps what a person chose; also before they sign in, and on the board.
    public static final String COOKIE = "tiebreak-language";

    private final String tag;
    private final String ownName;

    Language(String tag, String ownName) {
        this.tag = tag;
        this.ownName = ownName;
    }

    public String tag() {
        return tag;
    }

    /// As its speakers call it.
    public String ownName() {
        return ownName;
    }

    public String direction() {
        return this == ARABIC ? "rtl" : "ltr";
    }

    public Locale locale() {
        return Locale.forLanguageTag(tag);
    }

    /// The category of a number by CLDR's rules for whole numbers, as `Intl.PluralRules` names it.
    public String plural(long number) {
        return switch (this) {
            case ENGLISH -> number == 1 ? "one" : "other";
            case ARABIC -> arabicPlural(Math.abs(number));
            case JAPANESE -> "other";
        };
    }

    /// All categories of the language.
    public List<String> plurals() {
        return switch (this) {
            case ENGLISH -> List.of("one", "other");
            case ARABIC -> List.of("zero", "one", "two", "few", "many", "other");
            case JAPANESE -> List.of("other");
        };
    }

    private static String arabicPlural(long number) {
        if (number <= 2) {
            return List.of("zero", "one", "two").get((int) number);
        }
        long hundredth = number % 100;
        if (hundredth >= 3 && hundredth <= 10) {
            return "few";
        }
        return hundredth >= 11 ? "many" : "other";
    }

    /// English where the interface does not speak the language of the locale.
    public static Language of(Locale locale) {
        return speaking(locale).orElse(ENGLISH);
    }

    /// What was chosen in this browser, else the first of its own preferences that the interface speaks. The region is
    /// the browser's: dates and numbers look as they do elsewhere in it.
    public static Locale localeOf(HttpServletRequest request) {
        Optional<Language> chosen = chosen(request);
        return preferred(request)
                .filter(locale -> chosen.map(language -> language == of(locale)).orElse(true))
                .findFirst()
                .orElseGet(() -> chosen.orElse(ENGLISH).locale());
    }

    private static Optional<Language> chosen(HttpServletRequest request) {
        return Stream.ofNullable(request.getCookies())
                .flatMap(Arrays::stream)
                .filter(cookie -> cookie.getName().equals(COOKIE))
                .map(Cookie::getValue)
                .flatMap(value -> speaking(Locale.forLanguageTag(value)).stream())
                .findFirst();
    }

    private static Stream<Locale> preferred(HttpServletRequest request) {
        return request.getHeader("Accept-Language") == null // or the server's own would be among them
                ? Stream.empty()
                : Collections.list(request.getLocales()).stream()
                        .filter(locale -> speaking(locale).isPresent());
    }

    private static Optional<Language> speaking(Locale locale) {
        return Arrays.stream(values())
                .filter(language -> language.tag.equals(locale.getLanguage()))
                .findFirst();
    }
}
