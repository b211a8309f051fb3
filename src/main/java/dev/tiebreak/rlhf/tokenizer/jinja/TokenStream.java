package dev.tiebreak.rlhf.tokenizer.jinja;

import dev.tiebreak.rlhf.tokenizer.jinja.Token.Kind;
import java.util.List;

/// The tokens of a template, walked once by both parsers.
final class TokenStream {
    private final List<Token> tokens;
    private int position;

    TokenStream(List<Token> tokens) {
        this.tokens = tokens;
    }

    Token peek() {
        return tokens.get(position);
    }

    Token peekSecond() {
        return tokens.get(Math.min(position + 1, tokens.size() - 1));
    }

    Token next() {
        Token token = tokens.get(position);
        if (token.kind() != Kind.END) {
            position++;
        }
        return token;
    }

    boolean isOperator(String operator) {
        return peek().is(Kind.OPERATOR, operator);
    }

    boolean isName(String name) {
        return peek().is(Kind.NAME, name);
    }

    boolean skipOperator(String operator) {
        boolean found = isOperator(operator);
        if (found) {
            next();
        }
        return found;
    }

    boolean skipName(String name) {
        boolean found = isName(name);
        if (found) {
            next();
        }
        return found;
    }

    void expectOperator(String operator) {
        if (!skipOperator(operator)) {
            throw unexpected("'" + operator + "'");
        }
    }

    String expectName() {
        if (peek().kind() != Kind.NAME) {
            throw unexpected("a name");
        }
        return next().text();
    }

    void expect(Kind kind, String shown) {
        if (peek().kind() != kind) {
            throw unexpected("'" + shown + "'");
        }
        next();
    }

    int line() {
        return peek().line();
    }

    JinjaException unexpected(String expected) {
        return JinjaException.at(line(), "expected " + expected + ", found " + peek().shown());
    }
}
