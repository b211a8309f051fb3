package dev.tiebreak.rlhf.tokenizer.jinja;

import dev.tiebreak.rlhf.tokenizer.jinja.Callable.CallArguments;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What may stand after `is`.
final class ValueTests {
    private ValueTests() {}

    static boolean holds(String name, @Nullable Object value, CallArguments arguments) {
        return switch (name) {
            case "defined" -> !(value instanceof Undefined);
            case "undefined" -> value instanceof Undefined;
            case "none" -> value == null;
            case "string" -> value instanceof String;
            case "boolean" -> value instanceof Boolean;
            case "true" -> Boolean.TRUE.equals(value);
            case "false" -> Boolean.FALSE.equals(value);
            case "integer" -> value instanceof Long;
            case "float" -> value instanceof Double;
            case "number" -> Values.isNumber(value);
            case "mapping" -> value instanceof Map<?, ?>;
            case "sequence", "iterable" ->
                value instanceof List<?> || value instanceof String || value instanceof Map<?, ?>;
            case "callable" -> value instanceof Callable;
            case "odd" -> Math.floorMod(Values.asLong(value), 2) == 1;
            case "even" -> Math.floorMod(Values.asLong(value), 2) == 0;
            case "divisibleby" -> divides(Values.asLong(arguments.require(0, "num")), Values.asLong(value));
            case "eq", "equalto", "==" -> Values.equal(value, arguments.require(0, "other"));
            case "ne", "!=" -> !Values.equal(value, arguments.require(0, "other"));
            case "lt", "lessthan", "<" -> Values.compare(value, arguments.require(0, "other")) < 0;
            case "le", "<=" -> Values.compare(value, arguments.require(0, "other")) <= 0;
            case "gt", "greaterthan", ">" -> Values.compare(value, arguments.require(0, "other")) > 0;
            case "ge", ">=" -> Values.compare(value, arguments.require(0, "other")) >= 0;
            case "in" -> Values.contains(arguments.require(0, "seq"), value);
            case "lower" -> Values.text(value).equals(Values.text(value).toLowerCase(Locale.ROOT));
            case "upper" -> Values.text(value).equals(Values.text(value).toUpperCase(Locale.ROOT));
            default -> throw JinjaException.because("the test '" + name + "' is not supported");
        };
    }

    private static boolean divides(long divisor, long value) {
        if (divisor == 0) {
            throw JinjaException.because("division by zero");
        }
        return value % divisor == 0;
    }
}
