package dev.tiebreak.rlhf.tokenizer.jinja;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What stands for a value.
sealed interface Expression {
    int line();

    record Literal(@Nullable Object value, int line) implements Expression {}

    record Name(String name, int line) implements Expression {}

    record ListOf(List<Expression> items, int line) implements Expression {}

    record DictOf(List<Map.Entry<Expression, Expression>> entries, int line) implements Expression {}

    record Attribute(Expression target, String name, int line) implements Expression {}

    record Item(Expression target, Expression key, int line) implements Expression {}

    record Slice(
            Expression target, Optional<Expression> from, Optional<Expression> to, Optional<Expression> step, int line)
            implements Expression {}

    record Call(Expression target, Arguments arguments, int line) implements Expression {}

    record Filter(Expression target, String name, Arguments arguments, int line) implements Expression {}

    record Test(Expression target, String name, Arguments arguments, boolean negated, int line) implements Expression {}

    record Unary(String operator, Expression operand, int line) implements Expression {}

    record Binary(String operator, Expression left, Expression right, int line) implements Expression {}

    /// `a < b <= c`: each neighbouring pair must hold.
    record Comparison(Expression first, List<Map.Entry<String, Expression>> rest, int line) implements Expression {}

    record Conditional(Expression condition, Expression then, Optional<Expression> otherwise, int line)
            implements Expression {}

    record Arguments(List<Expression> positional, Map<String, Expression> named) {
        static final Arguments NONE = new Arguments(List.of(), Map.of());
    }
}
