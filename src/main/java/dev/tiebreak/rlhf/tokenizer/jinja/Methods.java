package dev.tiebreak.rlhf.tokenizer.jinja;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The methods of Python's text and dict that templates call.
final class Methods {
    private Methods() {}

    /// @return the method, or null where this value has none of that name
    static @Nullable Callable of(@Nullable Object target, String name) {
        return switch (target) {
            case String text -> ofText(text, name);
            case Map<?, ?> map -> ofMap(map, name);
            case null, default -> null;
        };
    }

    private static @Nullable Callable ofText(String text, String name) {
        return switch (name) {
            case "strip" -> arguments -> strip(text, arguments.get(0, "chars", null), true, true);
            case "lstrip" -> arguments -> strip(text, arguments.get(0, "chars", null), true, false);
            case "rstrip" -> arguments -> strip(text, arguments.get(0, "chars", null), false, true);
            case "upper" -> _ -> text.toUpperCase(Locale.ROOT);
            case "lower" -> _ -> text.toLowerCase(Locale.ROOT);
            case "title" -> _ -> Filters.title(text);
            case "capitalize" -> _ -> Filters.capitalize(text);
            case "startswith" -> arguments -> affix(arguments.require(0, "prefix"), text::startsWith);
            case "endswith" -> arguments -> affix(arguments.require(0, "suffix"), text::endsWith);
            case "replace" -> arguments -> text.replace(arguments.text(0, "old", ""), arguments.text(1, "new", ""));
            case "find" -> arguments -> (long) text.indexOf(Values.requireText(arguments.require(0, "sub")));
            case "count" -> arguments -> count(text, Values.requireText(arguments.require(0, "sub")));
            case "join" -> arguments -> join(text, Values.items(arguments.require(0, "iterable")));
            case "split" ->
                arguments ->
                        split(text, arguments.get(0, "sep", null), Values.asInt(arguments.get(1, "maxsplit", -1L)));
            case "splitlines" -> _ -> text.isEmpty() ? List.of() : List.of(text.split("\\R", -1));
            case "isdigit" -> _ -> !text.isEmpty() && text.chars().allMatch(Character::isDigit);
            case "isspace" -> _ -> !text.isEmpty() && text.isBlank();
            case "removeprefix" ->
                arguments -> {
                    String prefix = Values.requireText(arguments.require(0, "prefix"));
                    return text.startsWith(prefix) ? text.substring(prefix.length()) : text;
                };
            case "removesuffix" ->
                arguments -> {
                    String suffix = Values.requireText(arguments.require(0, "suffix"));
                    return text.endsWith(suffix) ? text.substring(0, text.length() - suffix.length()) : text;
                };
            default -> null;
        };
    }

    private static @Nullable Callable ofMap(Map<?, ?> map, String name) {
        return switch (name) {
            case "items" -> _ -> Filters.entries(map);
            case "keys" -> _ -> new ArrayList<>(map.keySet());
            case "values" -> _ -> new ArrayList<>(map.values());
            case "get" ->
                arguments -> {
                    Object key = arguments.require(0, "key");
                    return map.containsKey(key) ? map.get(key) : arguments.get(1, "default", null);
                };
            default -> null;
        };
    }

    private static boolean affix(@Nullable Object affixes, Predicate<String> holds) {
        return affixes instanceof List<?> several
                ? several.stream().anyMatch(each -> holds.test(Values.requireText(each)))
                : holds.test(Values.requireText(affixes));
    }

    static String strip(String text, @Nullable Object characters, boolean left, boolean right) {
        String set = characters == null ? null : Values.requireText(characters);
        int begin = 0;
        int end = text.length();
        while (left && begin < end && isStripped(text.charAt(begin), set)) {
            begin++;
        }
        while (right && end > begin && isStripped(text.charAt(end - 1), set)) {
            end--;
        }
        return text.substring(begin, end);
    }

    /// Python's notion of white space, which unlike Java's has the no-break space in it.
    private static boolean isStripped(char c, @Nullable String set) {
        return set == null
                ? Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\u0085'
                : set.indexOf(c) >= 0;
    }

    private static long count(String text, String part) {
        if (part.isEmpty()) {
            return text.length() + 1L;
        }
        long count = 0;
        for (int at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length())) {
            count++;
        }
        return count;
    }

    static String join(String separator, List<? extends @Nullable Object> items) {
        List<String> texts = new ArrayList<>();
        long length = 0;
        for (Object item : items) {
            String text = Values.text(item);
            length += text.length() + separator.length();
            texts.add(text);
        }
        if (length > Budget.LONGEST_TEXT) {
            throw JinjaException.because("the template writes too much text");
        }
        return String.join(separator, texts);
    }

    private static List<String> split(String text, @Nullable Object separator, int most) {
        if (separator == null) {
            String trimmed = text.strip();
            return trimmed.isEmpty() ? List.of() : Arrays.asList(trimmed.split("\\s+", most < 0 ? 0 : most + 1));
        }
        String between = Values.requireText(separator);
        if (between.isEmpty()) {
            throw JinjaException.because("a text cannot be split at the empty text");
        }
        List<String> parts = new ArrayList<>();
        int begin = 0;
        for (int at = text.indexOf(between);
                at >= 0 && (most < 0 || parts.size() < most);
                at = text.indexOf(between, begin)) {
            parts.add(text.substring(begin, at));
            begin = at + between.length();
        }
        parts.add(text.substring(begin));
        return parts;
    }
}
