package dev.tiebreak.rlhf.tokenizer.jinja;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Names and their values; a loop or macro looks outwards but writes only here.
final class Frame {
    private final @Nullable Frame outer;
    private final Map<String, @Nullable Object> values = new HashMap<>();

    Frame(@Nullable Frame outer) {
        this.outer = outer;
    }

    void set(String name, @Nullable Object value) {
        values.put(name, value);
    }

    @Nullable
    Object get(String name) {
        for (Frame frame = this; frame != null; frame = frame.outer) {
            if (frame.values.containsKey(name)) {
                return frame.values.get(name);
            }
        }
        return new Undefined(name);
    }
}
