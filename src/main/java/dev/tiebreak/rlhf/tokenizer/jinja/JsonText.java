package dev.tiebreak.rlhf.tokenizer.jinja;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `tojson` as transformers defines it for chat templates: Python's `json.dumps(value, ensure_ascii=False)`, not the
/// HTML-safe form of plain Jinja.
final class JsonText {
    private final StringBuilder text = new StringBuilder();
    private final int indent;

    private JsonText(int indent) {
        this.indent = indent;
    }

    /// @param indent spaces per level; negative for everything on one line
    static String of(@Nullable Object value, int indent) {
        JsonText json = new JsonText(indent);
        json.write(value, 1);
        return json.text.toString();
    }

    private void write(@Nullable Object value, int level) {
        switch (value) {
            case null -> text.append("null");
            case Boolean truth -> text.append(truth.booleanValue());
            case Long number -> text.append(number.longValue());
            case Double number -> text.append(Values.number(number));
            case String string -> quote(string);
            case List<?> list -> writeAll('[', list.iterator(), ']', level);
            case Map<?, ?> map -> writeAll('{', map.entrySet().iterator(), '}', level);
            default -> throw Values.notUsable(value, "written as JSON");
        }
    }

    private void writeAll(char open, Iterator<?> items, char close, int level) {
        text.append(open);
        boolean any = items.hasNext();
        while (items.hasNext()) {
            breakLine(level);
            Object item = items.next();
            if (item instanceof Map.Entry<?, ?> entry) {
                quote(Values.text(entry.getKey()));
                text.append(": ");
                write(entry.getValue(), level + 1);
            } else {
                write(item, level + 1);
            }
            if (items.hasNext()) {
                text.append(indent < 0 ? ", " : ",");
            }
        }
        if (any) {
            breakLine(level - 1);
        }
        text.append(close);
    }

    private void breakLine(int level) {
        if (indent >= 0) {
            text.append('\n').repeat(' ', indent * level);
        }
    }

    private void quote(String string) {
        text.append('"');
        for (int i = 0; i < string.length(); i++) {
            char c = string.charAt(i);
            switch (c) {
                case '"' -> text.append("\\\"");
                case '\\' -> text.append("\\\\");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\t' -> text.append("\\t");
                case '\b' -> text.append("\\b");
                case '\f' -> text.append("\\f");
                default -> text.append(c < ' ' ? String.format("\\u%04x", (int) c) : String.valueOf(c));
            }
        }
        text.append('"');
    }
}
