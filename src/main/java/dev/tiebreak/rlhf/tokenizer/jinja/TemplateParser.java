package dev.tiebreak.rlhf.tokenizer.jinja;

import dev.tiebreak.rlhf.tokenizer.jinja.Token.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads the statements of a template.
final class TemplateParser {
    private static final int DEEPEST = 100;

    private final TokenStream tokens;
    private final ExpressionParser expressions;
    private int depth;

    private boolean marksGeneration;

    TemplateParser(String template) {
        this.tokens = new TokenStream(Lexer.tokens(template));
        this.expressions = new ExpressionParser(tokens);
    }

    List<Statement> parse() {
        return statementsUntil(Set.of());
    }

    /// Whether a `{% generation %}` was met.
    boolean marksGeneration() {
        return marksGeneration;
    }

    /// Reads on to a tag with one of these names, whose opening is consumed and whose name is next; with no names, to
    /// the end of the template.
    private List<Statement> statementsUntil(Set<String> ends) {
        if (++depth > DEEPEST) {
            throw JinjaException.at(tokens.line(), "statements are nested too deeply");
        }
        List<Statement> statements = new ArrayList<>();
        while (true) {
            Token token = tokens.next();
            switch (token.kind()) {
                case TEXT -> statements.add(new Statement.Text(token.text()));
                case OUTPUT_BEGIN -> {
                    statements.add(new Statement.Output(expressions.tuple()));
                    tokens.expect(Kind.OUTPUT_END, "}}");
                }
                case STATEMENT_BEGIN -> {
                    if (tokens.peek().kind() == Kind.NAME
                            && ends.contains(tokens.peek().text())) {
                        depth--;
                        return statements;
                    }
                    statements.add(statement());
                }
                default -> {
                    if (!ends.isEmpty()) {
                        throw JinjaException.at(
                                token.line(),
                                "the template ends before "
                                        + String.join(
                                                " or ", ends.stream().sorted().toList()));
                    }
                    depth--;
                    return statements;
                }
            }
        }
    }

    private Statement statement() {
        int line = tokens.line();
        String name = tokens.expectName();
        return switch (name) {
            case "if" -> ifStatement();
            case "for" -> forStatement(line);
            case "set" -> setStatement(line);
            case "macro" -> macro(line);
            case "generation" -> generation(line);
            case "break" -> closed(new Statement.Break());
            case "continue" -> closed(new Statement.Continue());
            default -> throw JinjaException.at(line, "the statement '" + name + "' is not supported");
        };
    }

    private Statement closed(Statement statement) {
        closeTag();
        return statement;
    }

    private void closeTag() {
        tokens.expect(Kind.STATEMENT_END, "%}");
    }

    private List<Statement> bodyUntil(String end) {
        closeTag();
        List<Statement> body = statementsUntil(Set.of(end));
        tokens.next();
        closeTag();
        return body;
    }

    private Statement ifStatement() {
        Expression condition = expressions.tuple();
        closeTag();
        List<Statement> then = statementsUntil(Set.of("elif", "else", "endif"));
        List<Statement> otherwise = switch (tokens.next().text()) {
            case "elif" -> List.of(ifStatement());
            case "else" -> bodyUntil("endif");
            default -> {
                closeTag();
                yield List.of();
            }
        };
        return new Statement.If(condition, then, otherwise);
    }

    private Statement forStatement(int line) {
        List<String> targets = targets();
        if (!tokens.skipName("in")) {
            throw tokens.unexpected("'in'");
        }
        Expression items = expressions.withoutConditional();
        Optional<Expression> onlyIf = tokens.skipName("if") ? Optional.of(expressions.expression()) : Optional.empty();
        if (tokens.isName("recursive")) {
            throw JinjaException.at(line, "a recursive 'for' is not supported");
        }
        closeTag();
        List<Statement> body = statementsUntil(Set.of("else", "endfor"));
        List<Statement> whenEmpty = List.of();
        if (tokens.next().text().equals("else")) {
            whenEmpty = bodyUntil("endfor");
        } else {
            closeTag();
        }
        return new Statement.For(targets, items, onlyIf, body, whenEmpty, line);
    }

    private Statement setStatement(int line) {
        if (tokens.peekSecond().is(Kind.OPERATOR, ".")) {
            String namespace = tokens.expectName();
            tokens.next();
            String attribute = tokens.expectName();
            tokens.expectOperator("=");
            return closed(new Statement.SetAttribute(namespace, attribute, expressions.tuple(), line));
        }
        List<String> targets = targets();
        if (tokens.skipOperator("=")) {
            return closed(new Statement.Set(targets, expressions.tuple(), line));
        }
        if (targets.size() != 1 || tokens.peek().kind() != Kind.STATEMENT_END) {
            throw tokens.unexpected("'='");
        }
        return new Statement.Capture(targets.getFirst(), bodyUntil("endset"));
    }

    private List<String> targets() {
        boolean parenthesised = tokens.skipOperator("(");
        List<String> targets = new ArrayList<>(List.of(tokens.expectName()));
        while (tokens.skipOperator(",")) {
            targets.add(tokens.expectName());
        }
        if (parenthesised) {
            tokens.expectOperator(")");
        }
        return targets;
    }

    private Statement generation(int line) {
        marksGeneration = true;
        return new Statement.Generation(bodyUntil("endgeneration"), line);
    }

    private Statement macro(int line) {
        String name = tokens.expectName();
        tokens.expectOperator("(");
        Map<String, Optional<Expression>> parameters = new LinkedHashMap<>();
        while (!tokens.skipOperator(")")) {
            String parameter = tokens.expectName();
            parameters.put(
                    parameter, tokens.skipOperator("=") ? Optional.of(expressions.expression()) : Optional.empty());
            if (!tokens.isOperator(")")) {
                tokens.expectOperator(",");
            }
        }
        return new Statement.Macro(name, parameters, bodyUntil("endmacro"), line);
    }
}
