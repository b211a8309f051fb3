package dev.tiebreak.rlhf.tokenizer.jinja;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Python's view of the Java values a template works on: null (None), Boolean, Long, Double, String, List, Map,
/// [Namespace], [Callable] and [Undefined].
final class Values {
    private Values() {}

    static boolean isTrue(@Nullable Object value) {
        return switch (value) {
            case null -> false;
            case Undefined _ -> false;
            case Boolean truth -> truth;
            case Long number -> number != 0;
            case Double number -> number != 0;
            case String text -> !text.isEmpty();
            case List<?> list -> !list.isEmpty();
            case Map<?, ?> map -> !map.isEmpty();
            default -> true;
        };
    }

    /// As `str(value)`.
    static String text(@Nullable Object value) {
        return switch (value) {
            case null -> "None";
            case Undefined _ -> "";
            case String text -> text;
            case Boolean truth -> truth ? "True" : "False";
            case Double number -> number(number);
            case List<?> list -> list.stream().map(Values::quoted).collect(Collectors.joining(", ", "[", "]"));
            case Map<?, ?> map ->
                map.entrySet().stream()
                        .map(entry -> quoted(entry.getKey()) + ": " + quoted(entry.getValue()))
                        .collect(Collectors.joining(", ", "{", "}"));
            case Long number -> number.toString();
            default -> throw JinjaException.because("a " + typeOf(value) + " cannot be printed");
        };
    }

    /// As `repr(value)`.
    private static String quoted(@Nullable Object value) {
        if (!(value instanceof String text)) {
            return text(value);
        }
        char quote = text.contains("'") && !text.contains("\"") ? '"' : '\'';
        String escaped = text.replace("\\", "\\\\")
                .replace("\n", "\\n")
                .replace("\r", "\\r")
                .replace("\t", "\\t");
        return quote + (quote == '\'' ? escaped.replace("'", "\\'") : escaped) + quote;
    }

    static String number(double value) {
        if (Double.isInfinite(value) || Double.isNaN(value)) {
            return Double.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
        }
        double size = Math.abs(value);
        if (value == 0 || (size >= 1e-4 && size < 1e16)) {
            String plain = new BigDecimal(Double.toString(value)).toPlainString();
            return plain.contains(".") ? plain : plain + ".0";
        }
        String[] parts = Double.toString(value).split("E", 2);
        String digits = parts[0].endsWith(".0") ? parts[0].substring(0, parts[0].length() - 2) : parts[0];
        int exponent = Integer.parseInt(parts[1]);
        return digits + (exponent < 0 ? "e-" : "e+") + (Math.abs(exponent) < 10 ? "0" : "") + Math.abs(exponent);
    }

    static boolean equal(@Nullable Object left, @Nullable Object right) {
        if (isNumber(left) && isNumber(right)) {
            return left instanceof Double || right instanceof Double
                    ? asDouble(left) == asDouble(right)
                    : asLong(left) == asLong(right);
        }
        if (left instanceof Undefined && right instanceof Undefined) {
            return true;
        }
        if (left instanceof List<?> a && right instanceof List<?> b) {
            if (a.size() != b.size()) {
                return false;
            }
            for (int i = 0; i < a.size(); i++) {
                if (!equal(a.get(i), b.get(i))) {
                    return false;
                }
            }
            return true;
        }
        return Objects.equals(left, right);
    }

    /// @return negative, 0 or positive; numbers with numbers, text with text
    static int compare(@Nullable Object left, @Nullable Object right) {
        if (isNumber(left) && isNumber(right)) {
            return left instanceof Double || right instanceof Double
                    ? Double.compare(asDouble(left), asDouble(right))
                    : Long.compare(asLong(left), asLong(right));
        }
        if (left instanceof String a && right instanceof String b) {
            return a.compareTo(b);
        }
        requireDefined(left);
        requireDefined(right);
        throw JinjaException.because("a " + typeOf(left) + " and a " + typeOf(right) + " cannot be compared");
    }

    static boolean contains(@Nullable Object container, @Nullable Object item) {
        return switch (container) {
            case String text -> text.contains(requireText(item));
            case List<?> list -> list.stream().anyMatch(each -> equal(each, item));
            case Map<?, ?> map -> map.containsKey(item);
            case null, default -> throw notUsable(container, "searched with 'in'");
        };
    }

    /// The items a loop walks: of a text its characters, of a mapping its keys.
    static List<? extends @Nullable Object> items(@Nullable Object value) {
        return switch (value) {
            case List<?> list -> list;
            case Map<?, ?> map -> new ArrayList<>(map.keySet());
            case String text -> text.codePoints().mapToObj(Character::toString).toList();
            case null, default -> throw notUsable(value, "walked through");
        };
    }

    static long length(@Nullable Object value) {
        return switch (value) {
            case String text -> text.codePointCount(0, text.length());
            case List<?> list -> list.size();
            case Map<?, ?> map -> map.size();
            case null, default -> throw notUsable(value, "measured");
        };
    }

    static boolean isNumber(@Nullable Object value) {
        return value instanceof Long || value instanceof Double || value instanceof Boolean;
    }

    static double asDouble(@Nullable Object value) {
        return value instanceof Double number ? number : asLong(value);
    }

    static long asLong(@Nullable Object value) {
        return switch (value) {
            case Long number -> number;
            case Boolean truth -> truth ? 1 : 0;
            case null, default -> throw notUsable(value, "used as a whole number");
        };
    }

    static int asInt(@Nullable Object value) {
        long number = asLong(value);
        return (int) Math.clamp(number, Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    static String requireText(@Nullable Object value) {
        if (value instanceof String text) {
            return text;
        }
        throw notUsable(value, "used as text");
    }

    static void requireDefined(@Nullable Object value) {
        if (value instanceof Undefined undefined) {
            throw undefined.asError();
        }
    }

    static String typeOf(@Nullable Object value) {
        return switch (value) {
            case null -> "none";
            case Boolean _ -> "boolean";
            case Long _ -> "integer";
            case Double _ -> "float";
            case String _ -> "text";
            case List<?> _ -> "list";
            case Map<?, ?> _ -> "mapping";
            case Namespace _ -> "namespace";
            case Undefined _ -> "undefined value";
            default -> "function";
        };
    }

    static JinjaException notUsable(@Nullable Object value, String how) {
        return value instanceof Undefined undefined
                ? undefined.asError()
                : JinjaException.because("a " + typeOf(value) + " cannot be " + how);
    }
}
