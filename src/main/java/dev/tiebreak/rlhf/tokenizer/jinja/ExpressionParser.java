package dev.tiebreak.rlhf.tokenizer.jinja;

import dev.tiebreak.rlhf.tokenizer.jinja.Expression.Arguments;
import dev.tiebreak.rlhf.tokenizer.jinja.Token.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// Reads expressions with Jinja's precedences, loosest first: `if else`, or, and, not, comparison, `+ -`, `~`,
/// `* / // %`, `**`, sign; filters and tests bind tighter than any operator.
final class ExpressionParser {
    private static final int DEEPEST = 200;
    private static final Set<String> COMPARISONS = Set.of("==", "!=", "<", "<=", ">", ">=");
    private static final Set<String> NO_TEST_ARGUMENT =
            Set.of("else", "or", "and", "if", "is", "not", "in", "recursive");

    private final TokenStream tokens;
    private int depth;

    ExpressionParser(TokenStream tokens) {
        this.tokens = tokens;
    }

    Expression expression() {
        if (++depth > DEEPEST) {
            throw JinjaException.at(tokens.line(), "expressions are nested too deeply");
        }
        Expression value = withoutConditional();
        while (tokens.isName("if")) {
            int line = tokens.next().line();
            Expression condition = withoutConditional();
            Optional<Expression> otherwise = tokens.skipName("else") ? Optional.of(expression()) : Optional.empty();
            value = new Expression.Conditional(condition, value, otherwise, line);
        }
        depth--;
        return value;
    }

    /// Comma-separated expressions without parentheses are a tuple, as in `for a, b in pairs` or `set x = 1, 2`.
    Expression tuple() {
        Expression first = expression();
        if (!tokens.isOperator(",")) {
            return first;
        }
        List<Expression> items = new ArrayList<>(List.of(first));
        while (tokens.skipOperator(",") && tokens.peek().kind() != Kind.STATEMENT_END) {
            items.add(expression());
        }
        return new Expression.ListOf(items, first.line());
    }

    /// What may stand before the `if` of a `for`.
    Expression withoutConditional() {
        return leftAssociative(this::and, "or");
    }

    private Expression and() {
        return leftAssociative(this::not, "and");
    }

    private Expression leftAssociative(Supplier<Expression> operand, String word) {
        Expression left = operand.get();
        while (tokens.isName(word)) {
            int line = tokens.next().line();
            left = new Expression.Binary(word, left, operand.get(), line);
        }
        return left;
    }

    private Expression not() {
        if (!tokens.isName("not")) {
            return comparison();
        }
        int line = tokens.next().line();
        if (++depth > DEEPEST) {
            throw JinjaException.at(line, "expressions are nested too deeply");
        }
        Expression operand = not();
        depth--;
        return new Expression.Unary("not", operand, line);
    }

    private Expression comparison() {
        Expression first = sum();
        List<Map.Entry<String, Expression>> rest = new ArrayList<>();
        while (true) {
            if (tokens.peek().kind() == Kind.OPERATOR
                    && COMPARISONS.contains(tokens.peek().text())) {
                rest.add(Map.entry(tokens.next().text(), sum()));
            } else if (tokens.skipName("in")) {
                rest.add(Map.entry("in", sum()));
            } else if (tokens.isName("not") && tokens.peekSecond().is(Kind.NAME, "in")) {
                tokens.next();
                tokens.next();
                rest.add(Map.entry("not in", sum()));
            } else {
                return rest.isEmpty() ? first : new Expression.Comparison(first, rest, first.line());
            }
        }
    }

    private Expression sum() {
        return operators(this::concatenation, Set.of("+", "-"));
    }

    private Expression concatenation() {
        return operators(this::product, Set.of("~"));
    }

    private Expression product() {
        return operators(this::power, Set.of("*", "/", "//", "%"));
    }

    private Expression power() {
        return operators(() -> sign(true), Set.of("**"));
    }

    private Expression operators(Supplier<Expression> operand, Set<String> operators) {
        Expression left = operand.get();
        while (tokens.peek().kind() == Kind.OPERATOR
                && operators.contains(tokens.peek().text())) {
            Token operator = tokens.next();
            left = new Expression.Binary(operator.text(), left, operand.get(), operator.line());
        }
        return left;
    }

    private Expression sign(boolean withFilters) {
        if (++depth > DEEPEST) {
            throw JinjaException.at(tokens.line(), "expressions are nested too deeply");
        }
        Expression value;
        if (tokens.isOperator("-") || tokens.isOperator("+")) {
            Token operator = tokens.next();
            value = new Expression.Unary(operator.text(), sign(false), operator.line());
        } else {
            value = postfix(primary());
        }
        depth--;
        return withFilters ? filtersAndTests(value) : value;
    }

    private Expression primary() {
        Token token = tokens.next();
        return switch (token.kind()) {
            case NAME -> named(token);
            case STRING -> adjacentStrings(token);
            case INTEGER -> new Expression.Literal(integer(token), token.line());
            case FLOAT -> new Expression.Literal(Double.valueOf(token.text()), token.line());
            case OPERATOR ->
                switch (token.text()) {
                    case "(" -> parenthesised(token.line());
                    case "[" -> new Expression.ListOf(listItems("]"), token.line());
                    case "{" -> dictionary(token.line());
                    default -> throw JinjaException.at(token.line(), "expected a value, found " + token.shown());
                };
            default -> throw JinjaException.at(token.line(), "expected a value, found " + token.shown());
        };
    }

    private static Long integer(Token token) {
        try {
            return Long.valueOf(token.text());
        } catch (NumberFormatException _) {
            throw JinjaException.at(token.line(), "the number " + token.text() + " is too large");
        }
    }

    private static Expression named(Token token) {
        return switch (token.text()) {
            case "true", "True" -> new Expression.Literal(true, token.line());
            case "false", "False" -> new Expression.Literal(false, token.line());
            case "none", "None" -> new Expression.Literal(null, token.line());
            case String name -> new Expression.Name(name, token.line());
        };
    }

    private Expression adjacentStrings(Token first) {
        StringBuilder text = new StringBuilder(first.text());
        while (tokens.peek().kind() == Kind.STRING) {
            text.append(tokens.next().text());
        }
        return new Expression.Literal(text.toString(), first.line());
    }

    private Expression parenthesised(int line) {
        if (tokens.skipOperator(")")) {
            return new Expression.ListOf(List.of(), line);
        }
        Expression first = expression();
        if (tokens.skipOperator(")")) {
            return first;
        }
        List<Expression> items = new ArrayList<>(List.of(first));
        tokens.expectOperator(",");
        items.addAll(listItems(")"));
        return new Expression.ListOf(items, line);
    }

    private List<Expression> listItems(String closing) {
        List<Expression> items = new ArrayList<>();
        while (!tokens.skipOperator(closing)) {
            items.add(expression());
            if (!tokens.isOperator(closing)) {
                tokens.expectOperator(",");
            }
        }
        return items;
    }

    private Expression dictionary(int line) {
        List<Map.Entry<Expression, Expression>> entries = new ArrayList<>();
        while (!tokens.skipOperator("}")) {
            Expression key = expression();
            tokens.expectOperator(":");
            entries.add(Map.entry(key, expression()));
            if (!tokens.isOperator("}")) {
                tokens.expectOperator(",");
            }
        }
        return new Expression.DictOf(entries, line);
    }

    private Expression postfix(Expression target) {
        while (true) {
            int line = tokens.line();
            if (tokens.skipOperator(".")) {
                target = tokens.peek().kind() == Kind.INTEGER
                        ? new Expression.Item(target, new Expression.Literal(integer(tokens.next()), line), line)
                        : new Expression.Attribute(target, tokens.expectName(), line);
            } else if (tokens.skipOperator("[")) {
                target = subscript(target, line);
            } else if (tokens.skipOperator("(")) {
                target = new Expression.Call(target, arguments(), line);
            } else {
                return target;
            }
        }
    }

    private Expression subscript(Expression target, int line) {
        Optional<Expression> from = tokens.isOperator(":") ? Optional.empty() : Optional.of(expression());
        if (from.isPresent() && tokens.skipOperator("]")) {
            return new Expression.Item(target, from.get(), line);
        }
        tokens.expectOperator(":");
        Optional<Expression> to = slicePart();
        Optional<Expression> step = tokens.skipOperator(":") ? slicePart() : Optional.empty();
        tokens.expectOperator("]");
        return new Expression.Slice(target, from, to, step, line);
    }

    private Optional<Expression> slicePart() {
        return tokens.isOperator(":") || tokens.isOperator("]") ? Optional.empty() : Optional.of(expression());
    }

    private Arguments arguments() {
        List<Expression> positional = new ArrayList<>();
        Map<String, Expression> named = new LinkedHashMap<>();
        while (!tokens.skipOperator(")")) {
            if (tokens.peek().kind() == Kind.NAME && tokens.peekSecond().is(Kind.OPERATOR, "=")) {
                String name = tokens.expectName();
                tokens.next();
                named.put(name, expression());
            } else {
                positional.add(expression());
            }
            if (!tokens.isOperator(")")) {
                tokens.expectOperator(",");
            }
        }
        return new Arguments(positional, named);
    }

    private Expression filtersAndTests(Expression target) {
        while (true) {
            int line = tokens.line();
            if (tokens.skipOperator("|")) {
                String name = tokens.expectName();
                target = new Expression.Filter(target, name, optionalArguments(), line);
            } else if (tokens.skipName("is")) {
                boolean negated = tokens.skipName("not");
                String name = tokens.expectName();
                target = new Expression.Test(target, name, testArguments(), negated, line);
            } else {
                return target;
            }
        }
    }

    private Arguments optionalArguments() {
        return tokens.skipOperator("(") ? arguments() : Arguments.NONE;
    }

    /// A test may take its one argument without parentheses: `is divisibleby 3`.
    private Arguments testArguments() {
        if (tokens.isOperator("(")) {
            return optionalArguments();
        }
        Token next = tokens.peek();
        boolean argument = switch (next.kind()) {
            case STRING, INTEGER, FLOAT -> true;
            case NAME -> !NO_TEST_ARGUMENT.contains(next.text());
            case OPERATOR -> next.text().equals("[") || next.text().equals("{");
            default -> false;
        };
        return argument ? new Arguments(List.of(postfix(primary())), Map.of()) : Arguments.NONE;
    }
}
