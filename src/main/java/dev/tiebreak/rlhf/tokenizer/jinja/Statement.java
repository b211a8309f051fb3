package dev.tiebreak.rlhf.tokenizer.jinja;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a template does, one after the other.
sealed interface Statement {
    record Text(String text) implements Statement {}

    record Output(Expression value) implements Statement {}

    record If(Expression condition, List<Statement> then, List<Statement> otherwise) implements Statement {}

    /// @param targets one name, or several that each item is unpacked into
    record For(
            List<String> targets,
            Expression items,
            Optional<Expression> onlyIf,
            List<Statement> body,
            List<Statement> whenEmpty,
            int line)
            implements Statement {}

    record Set(List<String> targets, Expression value, int line) implements Statement {}

    /// `{% set ns.attribute = value %}`
    record SetAttribute(String namespace, String attribute, Expression value, int line) implements Statement {}

    /// `{% set name %}…{% endset %}`
    record Capture(String target, List<Statement> body) implements Statement {}

    record Macro(String name, Map<String, Optional<Expression>> parameters, List<Statement> body, int line)
            implements Statement {}

    /// `{% generation %}…{% endgeneration %}` marks what the assistant says.
    record Generation(List<Statement> body, int line) implements Statement {}

    record Break() implements Statement {}

    record Continue() implements Statement {}
}
