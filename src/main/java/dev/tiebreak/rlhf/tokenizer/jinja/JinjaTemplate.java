package dev.tiebreak.rlhf.tokenizer.jinja;

import dev.tiebreak.rlhf.tokenizer.MarkedText;
import dev.tiebreak.rlhf.tokenizer.jinja.Callable.CallArguments;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A parsed template. Rendering the same values gives the same text: there is no clock in it (the time that
/// `strftime_now` tells is handed in) and no chance.
public final class JinjaTemplate {
    private final List<Statement> statements;

    private final LocalDateTime now;
    private final boolean marksGeneration;

    private JinjaTemplate(List<Statement> statements, LocalDateTime now, boolean marksGeneration) {
        this.statements = statements;
        this.now = now;
        this.marksGeneration = marksGeneration;
    }

    /// @param now what the template takes for the present
    /// @throws JinjaException naming the line and the construct
    public static JinjaTemplate parse(String source, LocalDateTime now) {
        TemplateParser parser = new TemplateParser(source);
        List<Statement> statements = parser.parse();
        return new JinjaTemplate(statements, now, parser.marksGeneration());
    }

    /// Whether the template has `{% generation %}` blocks, which mark what the assistant says.
    public boolean marksGeneration() {
        return marksGeneration;
    }

    /// @param values texts, booleans, longs, doubles, nulls, and lists and maps of these
    /// @throws JinjaException when the template fails, uses what is not supported, or calls `raise_exception`
    public String render(Map<String, ? extends @Nullable Object> values) {
        return renderMarked(values).text();
    }

    /// The same with the spans that the template's `{% generation %}` blocks wrote.
    public MarkedText renderMarked(Map<String, ? extends @Nullable Object> values) {
        Frame globals = new Frame(null);
        globals.set("range", (Callable) JinjaTemplate::range);
        globals.set("namespace", (Callable) JinjaTemplate::namespace);
        globals.set("dict", (Callable) arguments -> arguments.named());
        globals.set("strftime_now", new Strftime(now));
        globals.set("raise_exception", (Callable) arguments -> {
            throw JinjaException.because("the template refuses: " + arguments.text(0, "message", ""));
        });
        values.forEach(globals::set);
        return new Renderer(globals).render(statements);
    }

    private static Namespace namespace(CallArguments arguments) {
        Namespace namespace = new Namespace();
        for (Object initial : arguments.positional()) {
            if (initial instanceof Map<?, ?> map) {
                map.forEach((name, value) -> namespace.attributes().put(Values.text(name), value));
            }
        }
        arguments.named().forEach((name, value) -> namespace.attributes().put(name, value));
        return namespace;
    }

    private static List<Long> range(CallArguments arguments) {
        int count = arguments.positional().size();
        if (count < 1 || count > 3) {
            throw JinjaException.because("range takes 1 to 3 numbers");
        }
        long from = count == 1 ? 0 : Values.asLong(arguments.positional().get(0));
        long to = Values.asLong(arguments.positional().get(count == 1 ? 0 : 1));
        long step = count == 3 ? Values.asLong(arguments.positional().get(2)) : 1;
        if (step == 0) {
            throw JinjaException.because("the step of a range is 0");
        }
        List<Long> numbers = new ArrayList<>();
        for (long i = from; step > 0 ? i < to : i > to; i = Math.addExact(i, step)) {
            if (numbers.size() == Budget.LONGEST_RANGE) {
                throw JinjaException.because("a range is longer than " + Budget.LONGEST_RANGE);
            }
            numbers.add(i);
        }
        return numbers;
    }
}
