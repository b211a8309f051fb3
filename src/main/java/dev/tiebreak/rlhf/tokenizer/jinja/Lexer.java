package dev.tiebreak.rlhf.tokenizer.jinja;

import dev.tiebreak.rlhf.tokenizer.jinja.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Cuts a template into tokens, under the whitespace rules transformers sets: `trim_blocks` and `lstrip_blocks` on, so
/// a statement on a line of its own leaves no trace; `-` inside a tag takes all whitespace on that side.
final class Lexer {
    private static final Pattern IN_TAG = Pattern.compile(
            "(?<space>\\s+)|(?<name>[A-Za-z_][A-Za-z0-9_]*)|(?<float>\\d+\\.\\d+(?:[eE][+-]?\\d+)?|\\d+[eE][+-]?\\d+)"
                    + "|(?<integer>\\d+)|(?<string>'(?:[^'\\\\]|\\\\.)*+'|\"(?:[^\"\\\\]|\\\\.)*+\")"
                    + "|(?<operator>\\*\\*|//|==|!=|<=|>=|[-+*/%~<>=.,:|()\\[\\]{}])",
            Pattern.DOTALL);
    private static final Pattern RAW = Pattern.compile("\\{%[-+]?\\s*raw\\s*(-?)%}");
    private static final Pattern END_RAW = Pattern.compile("\\{%(-?)\\+?\\s*endraw\\s*(-?)\\+?%}");

    private final String source;
    private final List<Token> tokens = new ArrayList<>();
    private int position;
    private int line = 1;

    private Lexer(String source) {
        this.source = source;
    }

    static List<Token> tokens(String template) {
        String unified = template.replace("\r\n", "\n").replace('\r', '\n');
        // as Jinja's keep_trailing_newline=False
        return new Lexer(unified.endsWith("\n") ? unified.substring(0, unified.length() - 1) : unified).run();
    }

    private List<Token> run() {
        while (position < source.length()) {
            int tag = nextTag();
            if (tag < 0) {
                addText(source.substring(position));
                advanceTo(source.length());
            } else {
                addText(textBefore(tag));
                advanceTo(tag);
                readTag();
            }
        }
        tokens.add(new Token(Kind.END, "", line));
        return tokens;
    }

    private int nextTag() {
        for (int at = source.indexOf('{', position); at >= 0; at = source.indexOf('{', at + 1)) {
            if (at + 1 < source.length() && "{%#".indexOf(source.charAt(at + 1)) >= 0) {
                return at;
            }
        }
        return -1;
    }

    private String textBefore(int tag) {
        String text = source.substring(position, tag);
        char sign = tag + 2 < source.length() ? source.charAt(tag + 2) : ' ';
        if (sign == '-') {
            return text.stripTrailing();
        }
        boolean isOutput = source.charAt(tag + 1) == '{';
        if (sign == '+' || isOutput) {
            return text;
        }
        int lineStart = text.lastIndexOf('\n') + 1;
        boolean startsLine = lineStart > 0 || position == 0 || source.charAt(position - 1) == '\n';
        return startsLine && text.substring(lineStart).isBlank() ? text.substring(0, lineStart) : text;
    }

    private void readTag() {
        switch (source.charAt(position + 1)) {
            case '#' -> readComment();
            case '{' -> readCode(Kind.OUTPUT_BEGIN, Kind.OUTPUT_END, "}}");
            default -> {
                Matcher raw = RAW.matcher(source).region(position, source.length());
                if (raw.lookingAt()) {
                    readRaw(raw);
                } else {
                    readCode(Kind.STATEMENT_BEGIN, Kind.STATEMENT_END, "%}");
                }
            }
        }
    }

    private void readComment() {
        int end = source.indexOf("#}", position + 2);
        if (end < 0) {
            throw JinjaException.at(line, "a comment is not closed");
        }
        boolean strip = source.charAt(end - 1) == '-';
        advanceTo(end + 2);
        afterTag(strip, true);
    }

    private void readRaw(Matcher begin) {
        Matcher end = END_RAW.matcher(source);
        if (!end.find(begin.end())) {
            throw JinjaException.at(line, "'raw' is not closed");
        }
        advanceTo(begin.end());
        afterTag("-".equals(begin.group(1)), true);
        String text = source.substring(Math.min(position, end.start()), end.start());
        addText("-".equals(end.group(1)) ? text.stripTrailing() : text);
        advanceTo(end.end());
        afterTag("-".equals(end.group(2)), true);
    }

    private void readCode(Kind begin, Kind end, String closing) {
        tokens.add(new Token(begin, closing.equals("}}") ? "{{" : "{%", line));
        advanceTo(position + 2);
        if (position < source.length() && "-+".indexOf(source.charAt(position)) >= 0) {
            advanceTo(position + 1);
        }
        int depth = 0; // braces of a dictionary inside the tag do not close it
        while (true) {
            skipSpace();
            String ahead = source.substring(position, Math.min(source.length(), position + 3));
            if (depth == 0
                    && (ahead.startsWith(closing)
                            || ahead.startsWith("-" + closing)
                            || ahead.startsWith("+" + closing))) {
                boolean signed = !ahead.startsWith(closing);
                tokens.add(new Token(end, closing, line));
                advanceTo(position + closing.length() + (signed ? 1 : 0));
                afterTag(ahead.charAt(0) == '-', end == Kind.STATEMENT_END && ahead.charAt(0) != '+');
                return;
            }
            Token token = readToken();
            depth += token.is(Kind.OPERATOR, "{") ? 1 : token.is(Kind.OPERATOR, "}") ? -1 : 0;
            tokens.add(token);
        }
    }

    private Token readToken() {
        if (position >= source.length()) {
            throw JinjaException.at(line, "a tag is not closed");
        }
        Matcher token = IN_TAG.matcher(source).region(position, source.length());
        if (!token.lookingAt()) {
            throw JinjaException.at(
                    line, "unexpected character '" + Character.toString(source.codePointAt(position)) + "'");
        }
        int itsLine = line;
        advanceTo(token.end());
        if (token.group("name") != null) {
            return new Token(Kind.NAME, token.group(), itsLine);
        }
        if (token.group("string") != null) {
            return new Token(
                    Kind.STRING,
                    unescaped(token.group().substring(1, token.group().length() - 1)),
                    itsLine);
        }
        Kind number = token.group("integer") != null ? Kind.INTEGER : Kind.FLOAT;
        return new Token(token.group("operator") != null ? Kind.OPERATOR : number, token.group(), itsLine);
    }

    private void skipSpace() {
        int end = position;
        while (end < source.length() && Character.isWhitespace(source.charAt(end))) {
            end++;
        }
        advanceTo(end);
    }

    private void afterTag(boolean strip, boolean trimsNewline) {
        if (strip) {
            skipSpace();
        } else if (trimsNewline && position < source.length() && source.charAt(position) == '\n') {
            advanceTo(position + 1);
        }
    }

    private void addText(String text) {
        if (!text.isEmpty()) {
            tokens.add(new Token(Kind.TEXT, text, line));
        }
    }

    private void advanceTo(int target) {
        for (; position < target; position++) {
            if (source.charAt(position) == '\n') {
                line++;
            }
        }
    }

    private String unescaped(String literal) {
        StringBuilder text = new StringBuilder(literal.length());
        for (int i = 0; i < literal.length(); i++) {
            char c = literal.charAt(i);
            if (c != '\\' || i + 1 == literal.length()) {
                text.append(c);
                continue;
            }
            char escaped = literal.charAt(++i);
            switch (escaped) {
                case 'n' -> text.append('\n');
                case 't' -> text.append('\t');
                case 'r' -> text.append('\r');
                case 'b' -> text.append('\b');
                case 'f' -> text.append('\f');
                case '\\', '\'', '"' -> text.append(escaped);
                case '\n' -> {}
                case 'x' -> i = appendCodePoint(text, literal, i + 1, 2);
                case 'u' -> i = appendCodePoint(text, literal, i + 1, 4);
                case 'U' -> i = appendCodePoint(text, literal, i + 1, 8);
                default -> text.append('\\').append(escaped);
            }
        }
        return text.toString();
    }

    private int appendCodePoint(StringBuilder text, String literal, int begin, int digits) {
        int end = begin + digits;
        String hex = literal.substring(begin, Math.min(end, literal.length()));
        if (!hex.matches("[0-9a-fA-F]{" + digits + "}") || Long.parseLong(hex, 16) > Character.MAX_CODE_POINT) {
            throw JinjaException.at(line, "a string holds a broken escape");
        }
        text.appendCodePoint(Integer.parseInt(hex, 16));
        return end - 1;
    }
}
