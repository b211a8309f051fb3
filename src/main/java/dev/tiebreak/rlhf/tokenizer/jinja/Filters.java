package dev.tiebreak.rlhf.tokenizer.jinja;

import dev.tiebreak.rlhf.tokenizer.jinja.Callable.CallArguments;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Jinja's filters as far as chat templates use them.
final class Filters {
    private Filters() {}

    static @Nullable Object apply(String name, @Nullable Object target, CallArguments arguments) {
        return switch (name) {
            case "default", "d" -> orDefault(target, arguments);
            case "tojson" -> JsonText.of(target, indentOf(arguments));
            case "trim" -> Methods.strip(Values.text(target), arguments.get(0, "chars", null), true, true);
            case "upper" -> Values.text(target).toUpperCase(Locale.ROOT);
            case "lower" -> Values.text(target).toLowerCase(Locale.ROOT);
            case "title" -> title(Values.text(target));
            case "capitalize" -> capitalize(Values.text(target));
            case "string", "safe" -> Values.text(target);
            case "replace" -> Values.text(target).replace(arguments.text(0, "old", ""), arguments.text(1, "new", ""));
            case "indent" -> indent(Values.text(target), arguments);
            case "length", "count" -> Values.length(target);
            case "first" -> firstOf(Values.items(target));
            case "last" -> firstOf(Values.items(target).reversed());
            case "list" -> new ArrayList<>(Values.items(target));
            case "reverse" -> reversed(target);
            case "join" ->
                Methods.join(arguments.text(0, "d", ""), attributes(target, arguments.get(1, "attribute", null)));
            case "items" -> target instanceof Map<?, ?> map ? entries(map) : notA("mapping", target);
            case "dictsort" -> target instanceof Map<?, ?> map ? sortedEntries(map) : notA("mapping", target);
            case "sort" -> sorted(Values.items(target));
            case "unique" -> unique(Values.items(target));
            case "map" -> mapped(target, arguments);
            case "select" -> selected(target, arguments, false, true);
            case "reject" -> selected(target, arguments, false, false);
            case "selectattr" -> selected(target, arguments, true, true);
            case "rejectattr" -> selected(target, arguments, true, false);
            case "int" -> toInteger(target, arguments.get(0, "default", 0L));
            case "abs" ->
                target instanceof Double number ? (Object) Math.abs(number) : (Object) Math.abs(Values.asLong(target));
            default -> throw JinjaException.because("the filter '" + name + "' is not supported");
        };
    }

    static String title(String text) {
        StringBuilder titled = new StringBuilder(text.toLowerCase(Locale.ROOT));
        for (int i = 0; i < titled.length(); i++) {
            if (i == 0 || !Character.isLetter(titled.charAt(i - 1))) {
                titled.setCharAt(i, Character.toUpperCase(titled.charAt(i)));
            }
        }
        return titled.toString();
    }

    static String capitalize(String text) {
        return text.isEmpty()
                ? text
                : text.substring(0, 1).toUpperCase(Locale.ROOT)
                        + text.substring(1).toLowerCase(Locale.ROOT);
    }

    static List<List<? extends @Nullable Object>> entries(Map<?, ?> map) {
        List<List<? extends @Nullable Object>> entries = new ArrayList<>();
        map.forEach((key, value) -> entries.add(pair(key, value)));
        return entries;
    }

    private static List<@Nullable Object> pair(@Nullable Object key, @Nullable Object value) {
        List<@Nullable Object> pair = new ArrayList<>(2);
        pair.add(key);
        pair.add(value);
        return pair;
    }

    private static @Nullable Object orDefault(@Nullable Object target, CallArguments arguments) {
        boolean alsoFalse = Values.isTrue(arguments.get(1, "boolean", false));
        boolean absent = target instanceof Undefined || (alsoFalse && !Values.isTrue(target));
        return absent ? arguments.get(0, "default_value", "") : target;
    }

    private static int indentOf(CallArguments arguments) {
        Object indent = arguments.get(0, "indent", null);
        return indent == null ? -1 : Math.clamp(Values.asInt(indent), 0, 16);
    }

    private static String indent(String text, CallArguments arguments) {
        Object width = arguments.get(0, "width", 4L);
        String margin = width instanceof String own ? own : " ".repeat(Math.clamp(Values.asInt(width), 0, 64));
        boolean first = Values.isTrue(arguments.get(1, "first", false));
        boolean blank = Values.isTrue(arguments.get(2, "blank", false));
        StringBuilder indented = new StringBuilder();
        String[] lines = text.split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            indented.append(i > 0 ? "\n" : "");
            boolean wanted = i == 0 ? first : blank || !lines[i].isEmpty();
            indented.append(wanted ? margin : "").append(lines[i]);
        }
        return indented.toString();
    }

    private static @Nullable Object firstOf(List<? extends @Nullable Object> items) {
        return items.isEmpty() ? new Undefined("first item of an empty list") : items.getFirst();
    }

    private static Object reversed(@Nullable Object target) {
        return target instanceof String text
                ? new StringBuilder(text).reverse().toString()
                : new ArrayList<>(Values.items(target).reversed());
    }

    private static List<? extends @Nullable Object> sorted(List<? extends @Nullable Object> items) {
        List<@Nullable Object> sorted = new ArrayList<>(items);
        Collections.sort(sorted, Values::compare);
        return sorted;
    }

    private static List<List<? extends @Nullable Object>> sortedEntries(Map<?, ?> map) {
        List<List<? extends @Nullable Object>> entries = entries(map);
        entries.sort((a, b) -> Values.compare(lowered(a.getFirst()), lowered(b.getFirst())));
        return entries;
    }

    private static @Nullable Object lowered(@Nullable Object key) {
        return key instanceof String text ? text.toLowerCase(Locale.ROOT) : key;
    }

    private static List<? extends @Nullable Object> unique(List<? extends @Nullable Object> items) {
        List<@Nullable Object> unique = new ArrayList<>();
        for (Object item : items) {
            if (!Values.contains(unique, item)) {
                unique.add(item);
            }
        }
        return unique;
    }

    private static List<? extends @Nullable Object> attributes(@Nullable Object target, @Nullable Object attribute) {
        if (attribute == null) {
            return Values.items(target);
        }
        List<@Nullable Object> values = new ArrayList<>();
        for (Object item : Values.items(target)) {
            values.add(attributeOf(item, Values.requireText(attribute)));
        }
        return values;
    }

    private static @Nullable Object attributeOf(@Nullable Object item, String path) {
        Object value = item;
        for (String name : path.split("\\.")) {
            value = value instanceof Map<?, ?> map && map.containsKey(name) ? map.get(name) : new Undefined(name);
        }
        return value;
    }

    private static List<? extends @Nullable Object> mapped(@Nullable Object target, CallArguments arguments) {
        if (arguments.named().containsKey("attribute")) {
            List<@Nullable Object> values =
                    new ArrayList<>(attributes(target, arguments.named().get("attribute")));
            if (arguments.named().containsKey("default")) {
                values.replaceAll(
                        value -> value instanceof Undefined ? arguments.named().get("default") : value);
            }
            return values;
        }
        String filter = Values.requireText(arguments.require(0, "filter"));
        CallArguments rest = new CallArguments(
                arguments.positional().subList(1, arguments.positional().size()), arguments.named());
        List<@Nullable Object> values = new ArrayList<>();
        for (Object item : Values.items(target)) {
            values.add(apply(filter, item, rest));
        }
        return values;
    }

    private static List<? extends @Nullable Object> selected(
            @Nullable Object target, CallArguments arguments, boolean byAttribute, boolean wanted) {
        List<? extends @Nullable Object> positional = arguments.positional();
        int skip = byAttribute ? 1 : 0;
        String test = positional.size() > skip ? Values.requireText(positional.get(skip)) : "";
        CallArguments rest = new CallArguments(
                positional.subList(Math.min(positional.size(), skip + 1), positional.size()), Map.of());
        List<@Nullable Object> selected = new ArrayList<>();
        for (Object item : Values.items(target)) {
            Object subject =
                    byAttribute ? attributeOf(item, Values.requireText(arguments.require(0, "attribute"))) : item;
            boolean holds = test.isEmpty() ? Values.isTrue(subject) : ValueTests.holds(test, subject, rest);
            if (holds == wanted) {
                selected.add(item);
            }
        }
        return selected;
    }

    private static @Nullable Object toInteger(@Nullable Object target, @Nullable Object otherwise) {
        return switch (target) {
            case Double number -> (long) number.doubleValue();
            case String text when text.strip().matches("[+-]?[0-9]{1,18}") -> Long.parseLong(text.strip());
            case Boolean _, Long _ -> Values.asLong(target);
            case null, default -> otherwise;
        };
    }

    private static List<List<? extends @Nullable Object>> notA(String type, @Nullable Object target) {
        throw Values.notUsable(target, "used as a " + type);
    }
}
