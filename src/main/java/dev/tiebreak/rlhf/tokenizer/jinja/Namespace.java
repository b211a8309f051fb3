package dev.tiebreak.rlhf.tokenizer.jinja;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `namespace(…)`: the one thing a loop can change for what follows it.
record Namespace(Map<String, @Nullable Object> attributes) {
    Namespace() {
        this(new LinkedHashMap<>());
    }
}
