package dev.tiebreak.rlhf.tokenizer.jinja;

/// A template is broken, uses what we do not support, or called `raise_exception`. One line.
public final class JinjaException extends RuntimeException {
    private JinjaException(String message) {
        super(message);
    }

    static JinjaException at(int line, String reason) {
        return new JinjaException("line " + line + ": " + reason);
    }

    /// Something went wrong inside a filter, method or operator; the evaluator adds the line.
    static JinjaException because(String reason) {
        return new JinjaException(reason);
    }

    JinjaException located(int line) {
        String reason = String.valueOf(getMessage());
        return reason.startsWith("line ") ? this : at(line, reason);
    }
}
