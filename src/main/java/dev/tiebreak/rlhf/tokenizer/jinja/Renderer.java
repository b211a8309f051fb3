package dev.tiebreak.rlhf.tokenizer.jinja;

import dev.tiebreak.rlhf.tokenizer.MarkedText;
import dev.tiebreak.rlhf.tokenizer.jinja.Callable.CallArguments;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Carries statements out and collects what they print.
final class Renderer {
    /// How a body ended.
    private enum Flow {
        ON,
        BREAK,
        CONTINUE
    }

    private final Budget budget = new Budget();
    private final Evaluator evaluator = new Evaluator(budget);
    private final Frame globals;
    private final List<MarkedText.Span> generated = new ArrayList<>();
    private StringBuilder output = new StringBuilder();
    private boolean capturing;

    Renderer(Frame globals) {
        this.globals = globals;
    }

    MarkedText render(List<Statement> template) {
        run(template, new Frame(globals));
        return new MarkedText(output.toString(), generated);
    }

    private Flow run(List<Statement> statements, Frame frame) {
        for (Statement statement : statements) {
            Flow flow = run(statement, frame);
            if (flow != Flow.ON) {
                return flow;
            }
        }
        return Flow.ON;
    }

    private Flow run(Statement statement, Frame frame) {
        budget.enter();
        try {
            return switch (statement) {
                case Statement.Text(var text) -> print(text);
                case Statement.Output(var value) -> print(Values.text(evaluator.evaluate(value, frame)));
                case Statement.If(var condition, var then, var otherwise) ->
                    run(Values.isTrue(evaluator.evaluate(condition, frame)) ? then : otherwise, frame);
                case Statement.For loop -> loop(loop, frame);
                case Statement.Set(var targets, var value, var line) ->
                    assign(targets, evaluator.evaluate(value, frame), frame, line);
                case Statement.SetAttribute set -> setAttribute(set, frame);
                case Statement.Capture(var target, var body) -> {
                    frame.set(target, captured(body, frame));
                    yield Flow.ON;
                }
                case Statement.Macro macro -> {
                    frame.set(macro.name(), (Callable) arguments -> callMacro(macro, arguments, frame));
                    yield Flow.ON;
                }
                case Statement.Generation generation -> generate(generation, frame);
                case Statement.Break _ -> Flow.BREAK;
                case Statement.Continue _ -> Flow.CONTINUE;
            };
        } finally {
            budget.leave();
        }
    }

    private Flow print(String text) {
        budget.write(text.length());
        output.append(text);
        return Flow.ON;
    }

    private Flow generate(Statement.Generation generation, Frame frame) {
        if (capturing) {
            throw JinjaException.at(
                    generation.line(), "'generation' inside a macro or a set block is not supported: it has no place");
        }
        int begin = output.length();
        Flow flow = run(generation.body(), frame);
        if (output.length() > begin) {
            generated.add(new MarkedText.Span(begin, output.length()));
        }
        return flow;
    }

    private Flow loop(Statement.For loop, Frame frame) {
        List<? extends @Nullable Object> items = itemsOf(loop, frame);
        if (items.isEmpty()) {
            return run(loop.whenEmpty(), frame);
        }
        for (int i = 0; i < items.size(); i++) {
            step(loop.line());
            Frame inner = new Frame(frame);
            inner.set("loop", loopVariable(items, i));
            assign(loop.targets(), items.get(i), inner, loop.line());
            if (run(loop.body(), inner) == Flow.BREAK) {
                break;
            }
        }
        return Flow.ON;
    }

    private void step(int line) {
        try {
            budget.step();
        } catch (JinjaException e) {
            throw e.located(line);
        }
    }

    private List<? extends @Nullable Object> itemsOf(Statement.For loop, Frame frame) {
        List<? extends @Nullable Object> items =
                located(loop.line(), evaluator.evaluate(loop.items(), frame), Values::items);
        if (loop.onlyIf().isEmpty()) {
            return items;
        }
        List<@Nullable Object> kept = new ArrayList<>();
        for (Object item : items) {
            Frame inner = new Frame(frame);
            assign(loop.targets(), item, inner, loop.line());
            if (Values.isTrue(evaluator.evaluate(loop.onlyIf().get(), inner))) {
                kept.add(item);
            }
        }
        return kept;
    }

    private static Map<String, @Nullable Object> loopVariable(List<? extends @Nullable Object> items, int i) {
        int size = items.size();
        Map<String, @Nullable Object> loop = new HashMap<>();
        loop.put("index", i + 1L);
        loop.put("index0", (long) i);
        loop.put("revindex", (long) size - i);
        loop.put("revindex0", size - i - 1L);
        loop.put("first", i == 0);
        loop.put("last", i == size - 1);
        loop.put("length", (long) size);
        loop.put("previtem", i > 0 ? items.get(i - 1) : new Undefined("loop.previtem"));
        loop.put("nextitem", i < size - 1 ? items.get(i + 1) : new Undefined("loop.nextitem"));
        loop.put("cycle", (Callable) arguments ->
                arguments.positional().get(i % arguments.positional().size()));
        return loop;
    }

    private static Flow assign(List<String> targets, @Nullable Object value, Frame frame, int line) {
        if (targets.size() == 1) {
            frame.set(targets.getFirst(), value);
            return Flow.ON;
        }
        List<? extends @Nullable Object> parts = located(line, value, Values::items);
        if (parts.size() != targets.size()) {
            throw JinjaException.at(line, parts.size() + " values for the " + targets.size() + " names " + targets);
        }
        for (int i = 0; i < targets.size(); i++) {
            frame.set(targets.get(i), parts.get(i));
        }
        return Flow.ON;
    }

    private Flow setAttribute(Statement.SetAttribute set, Frame frame) {
        if (!(frame.get(set.namespace()) instanceof Namespace(var attributes))) {
            throw JinjaException.at(set.line(), "'" + set.namespace() + "' is not a namespace");
        }
        attributes.put(set.attribute(), evaluator.evaluate(set.value(), frame));
        return Flow.ON;
    }

    private String captured(List<Statement> body, Frame frame) {
        StringBuilder outside = output;
        boolean wasCapturing = capturing;
        output = new StringBuilder();
        capturing = true;
        try {
            run(body, frame);
            return output.toString();
        } finally {
            output = outside;
            capturing = wasCapturing;
        }
    }

    private String callMacro(Statement.Macro macro, CallArguments arguments, Frame definedIn) {
        Frame inner = new Frame(definedIn);
        int position = 0;
        for (Map.Entry<String, Optional<Expression>> parameter :
                macro.parameters().entrySet()) {
            String name = parameter.getKey();
            Object value;
            if (arguments.has(position, name)) {
                value = arguments.get(position, name, null);
            } else if (parameter.getValue().isPresent()) {
                value = evaluator.evaluate(parameter.getValue().get(), inner);
            } else {
                value = new Undefined(name);
            }
            inner.set(name, value);
            position++;
        }
        if (arguments.positional().size() > position) {
            throw JinjaException.at(macro.line(), "the macro '" + macro.name() + "' takes " + position + " arguments");
        }
        return captured(macro.body(), inner);
    }

    private static <T> T located(int line, @Nullable Object value, Function<@Nullable Object, T> use) {
        try {
            return use.apply(value);
        } catch (JinjaException e) {
            throw e.located(line);
        }
    }
}
