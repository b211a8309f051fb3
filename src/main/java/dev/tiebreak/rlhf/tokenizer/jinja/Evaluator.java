package dev.tiebreak.rlhf.tokenizer.jinja;

import dev.tiebreak.rlhf.tokenizer.jinja.Callable.CallArguments;
import dev.tiebreak.rlhf.tokenizer.jinja.Expression.Arguments;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Gives expressions their values.
final class Evaluator {
    private static final long CHARACTERS_PER_ITEM = 16; // what an item of a list weighs beside a character

    private final Budget budget;

    Evaluator(Budget budget) {
        this.budget = budget;
    }

    @Nullable
    Object evaluate(Expression expression, Frame frame) {
        budget.enter();
        try {
            return valueOf(expression, frame);
        } catch (JinjaException e) {
            throw e.located(expression.line());
        } catch (ArithmeticException _) {
            throw JinjaException.at(expression.line(), "a number is too large, or a division by zero");
        } catch (ClassCastException | IllegalArgumentException | IndexOutOfBoundsException e) {
            throw JinjaException.at(expression.line(), "cannot be computed (" + e.getMessage() + ")");
        } finally {
            budget.leave();
        }
    }

    private @Nullable Object valueOf(Expression expression, Frame frame) {
        return switch (expression) {
            case Expression.Literal(var value, var _) -> value;
            case Expression.Name(var name, var _) -> frame.get(name);
            case Expression.ListOf(var items, var _) -> all(items, frame);
            case Expression.DictOf dict -> dictionary(dict, frame);
            case Expression.Attribute(var target, var name, var _) -> attribute(evaluate(target, frame), name);
            case Expression.Item(var target, var key, var _) -> item(evaluate(target, frame), evaluate(key, frame));
            case Expression.Slice slice -> slice(slice, frame);
            case Expression.Call call -> call(call, frame);
            case Expression.Filter(var target, var name, var arguments, var _) ->
                counted(Filters.apply(name, evaluate(target, frame), handedOver(arguments, frame)));
            case Expression.Test(var target, var name, var arguments, var negated, var _) ->
                negated != ValueTests.holds(name, evaluate(target, frame), handedOver(arguments, frame));
            case Expression.Unary(var operator, var operand, var _) -> unary(operator, evaluate(operand, frame));
            case Expression.Binary binary -> binary(binary, frame);
            case Expression.Comparison comparison -> comparison(comparison, frame);
            case Expression.Conditional(var condition, var then, var otherwise, var _) ->
                Values.isTrue(evaluate(condition, frame))
                        ? evaluate(then, frame)
                        : otherwise.isPresent() ? evaluate(otherwise.get(), frame) : new Undefined("the missing else");
        };
    }

    private List<@Nullable Object> all(List<Expression> items, Frame frame) {
        List<@Nullable Object> values = new ArrayList<>(items.size());
        for (Expression item : items) {
            values.add(evaluate(item, frame));
        }
        return values;
    }

    private Map<@Nullable Object, @Nullable Object> dictionary(Expression.DictOf dict, Frame frame) {
        Map<@Nullable Object, @Nullable Object> values = new LinkedHashMap<>();
        for (Map.Entry<Expression, Expression> entry : dict.entries()) {
            values.put(evaluate(entry.getKey(), frame), evaluate(entry.getValue(), frame));
        }
        return values;
    }

    /// `a.b`: a method first, as Python finds the attribute of a dict before its item.
    private static @Nullable Object attribute(@Nullable Object target, String name) {
        Values.requireDefined(target);
        Callable method = Methods.of(target, name);
        return method != null ? method : member(target, name);
    }

    /// `a[b]`: the item first.
    private static @Nullable Object item(@Nullable Object target, @Nullable Object key) {
        Values.requireDefined(target);
        if (key instanceof Long && (target instanceof List<?> || target instanceof String)) {
            List<? extends @Nullable Object> items = Values.items(target);
            int index = Values.asInt(key);
            int place = index < 0 ? index + items.size() : index;
            return place >= 0 && place < items.size() ? items.get(place) : new Undefined("item " + key);
        }
        return member(target, key);
    }

    private static @Nullable Object member(@Nullable Object target, @Nullable Object key) {
        if (target instanceof Map<?, ?> map && map.containsKey(key)) {
            return map.get(key);
        }
        if (target instanceof Namespace(var attributes) && attributes.containsKey(String.valueOf(key))) {
            return attributes.get(String.valueOf(key));
        }
        if (key instanceof String name) {
            Callable method = Methods.of(target, name);
            return method != null ? method : new Undefined(name);
        }
        return new Undefined(Values.text(key));
    }

    private Object slice(Expression.Slice slice, Frame frame) {
        Object target = evaluate(slice.target(), frame);
        List<? extends @Nullable Object> items = Values.items(target);
        int step = bound(slice.step(), frame, 1);
        if (step == 0) {
            throw JinjaException.because("the step of a slice is 0");
        }
        int size = items.size();
        int lowest = step > 0 ? 0 : -1;
        int highest = step > 0 ? size : size - 1;
        int from = clamped(bound(slice.from(), frame, step > 0 ? 0 : Integer.MAX_VALUE), size, lowest, highest);
        int to = slice.to().isEmpty() && step < 0
                ? -1
                : clamped(bound(slice.to(), frame, Integer.MAX_VALUE), size, lowest, highest);
        List<@Nullable Object> picked = new ArrayList<>();
        for (long i = from; step > 0 ? i < to : i > to; i += step) {
            picked.add(items.get((int) i));
        }
        return target instanceof String ? Methods.join("", picked) : picked;
    }

    private int bound(Optional<Expression> bound, Frame frame, int otherwise) {
        Object value = bound.isPresent() ? evaluate(bound.get(), frame) : null;
        return value == null ? otherwise : Values.asInt(value);
    }

    private static int clamped(int bound, int size, int lowest, int highest) {
        long place = bound < 0 ? (long) bound + size : bound;
        return (int) Math.clamp(place, lowest, highest);
    }

    private @Nullable Object call(Expression.Call call, Frame frame) {
        Object target = evaluate(call.target(), frame);
        if (target instanceof Callable callable) {
            return counted(callable.call(handedOver(call.arguments(), frame)));
        }
        throw target instanceof Undefined(var name)
                ? JinjaException.because("the function '" + name + "' is not supported")
                : Values.notUsable(target, "called");
    }

    private CallArguments handedOver(Arguments arguments, Frame frame) {
        if (arguments == Arguments.NONE) {
            return new CallArguments(List.of(), Map.of());
        }
        Map<String, @Nullable Object> named = new LinkedHashMap<>();
        arguments.named().forEach((name, value) -> named.put(name, evaluate(value, frame)));
        return new CallArguments(all(arguments.positional(), frame), named);
    }

    private static Object unary(String operator, @Nullable Object value) {
        if (operator.equals("not")) {
            return !Values.isTrue(value);
        }
        int sign = operator.equals("-") ? -1 : 1;
        return value instanceof Double number
                ? (Object) (sign * number)
                : (Object) Math.multiplyExact(sign, Values.asLong(value));
    }

    private @Nullable Object binary(Expression.Binary binary, Frame frame) {
        Object left = evaluate(binary.left(), frame);
        switch (binary.operator()) {
            case "and" -> {
                return Values.isTrue(left) ? evaluate(binary.right(), frame) : left;
            }
            case "or" -> {
                return Values.isTrue(left) ? left : evaluate(binary.right(), frame);
            }
            default -> {}
        }
        Object right = evaluate(binary.right(), frame);
        if (binary.operator().equals("~")) {
            return counted(Values.text(left) + Values.text(right));
        }
        Values.requireDefined(left);
        Values.requireDefined(right);
        if (left instanceof String a
                && right instanceof String b
                && binary.operator().equals("+")) {
            return counted(a + b);
        }
        if (left instanceof List<?> a
                && right instanceof List<?> b
                && binary.operator().equals("+")) {
            budget.write(CHARACTERS_PER_ITEM * ((long) a.size() + b.size()));
            List<@Nullable Object> joined = new ArrayList<>(a);
            joined.addAll(b);
            return joined;
        }
        if (left instanceof String text
                && right instanceof Long times
                && binary.operator().equals("*")) {
            budget.write(Math.multiplyExact(text.length(), Math.max(0, times)));
            return text.repeat(Math.max(0, Values.asInt(times)));
        }
        if (left == null || right == null || !Values.isNumber(left) || !Values.isNumber(right)) {
            throw JinjaException.because("'" + binary.operator() + "' does not fit a " + Values.typeOf(left) + " and a "
                    + Values.typeOf(right));
        }
        return Arithmetic.apply(binary.operator(), left, right);
    }

    private boolean comparison(Expression.Comparison comparison, Frame frame) {
        Object left = evaluate(comparison.first(), frame);
        for (Map.Entry<String, Expression> next : comparison.rest()) {
            Object right = evaluate(next.getValue(), frame);
            boolean holds = switch (next.getKey()) {
                case "==" -> Values.equal(left, right);
                case "!=" -> !Values.equal(left, right);
                case "<" -> Values.compare(left, right) < 0;
                case "<=" -> Values.compare(left, right) <= 0;
                case ">" -> Values.compare(left, right) > 0;
                case ">=" -> Values.compare(left, right) >= 0;
                case "in" -> Values.contains(right, left);
                default -> !Values.contains(right, left);
            };
            if (!holds) {
                return false;
            }
            left = right;
        }
        return true;
    }

    /// Whatever grows is charged, so that doubling a text or a list in a loop comes to an end.
    private @Nullable Object counted(@Nullable Object value) {
        if (value instanceof String text) {
            budget.write(text.length());
        } else if (value instanceof List<?> list) {
            budget.write(CHARACTERS_PER_ITEM * list.size());
        }
        return value;
    }
}
