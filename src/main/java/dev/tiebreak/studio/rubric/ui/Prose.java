package dev.tiebreak.studio.rubric.ui;

import com.vaadin.flow.component.HtmlContainer;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Emphasis;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.OrderedList;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The little Markdown that rubrics need: paragraphs, numbered and plain lists, `**bold**` and `*stressed*` words.
/// Everything else shows as the text it is.
class Prose extends Div {
    private static final Pattern ITEM = Pattern.compile("(\\d+\\.|-) (.*)");
    private static final Pattern MARKED = Pattern.compile("\\*\\*(.+?)\\*\\*|\\*(.+?)\\*");

    Prose(String markdown) {
        for (String block : markdown.strip().split("\n\\s*\n")) {
            if (ITEM.matcher(block.lines().findFirst().orElse("")).matches()) {
                add(list(block));
            } else {
                add(inline(new Paragraph(), block));
            }
        }
    }

    private static HtmlContainer list(String block) {
        HtmlContainer list = Character.isDigit(block.charAt(0)) ? new OrderedList() : new UnorderedList();
        StringBuilder item = new StringBuilder();
        for (String line : block.lines().toList()) {
            Matcher begins = ITEM.matcher(line);
            if (begins.matches()) {
                addItem(list, item);
                item.append(begins.group(2));
            } else {
                item.append(' ').append(line.strip());
            }
        }
        addItem(list, item);
        return list;
    }

    private static void addItem(HtmlContainer list, StringBuilder item) {
        if (!item.isEmpty()) {
            list.add(inline(new ListItem(), item.toString()));
            item.setLength(0);
        }
    }

    private static HtmlContainer inline(HtmlContainer parent, String text) {
        String line = text.replaceAll("\\s*\n\\s*", " ");
        Matcher marked = MARKED.matcher(line);
        int from = 0;
        while (marked.find()) {
            parent.add(line.substring(from, marked.start()));
            parent.add(marked.group(1) != null ? bold(marked.group(1)) : new Emphasis(marked.group(2)));
            from = marked.end();
        }
        parent.add(line.substring(from));
        return parent;
    }

    private static Span bold(String text) {
        Span span = new Span(text);
        span.getStyle().set("font-weight", "600");
        return span;
    }
}
