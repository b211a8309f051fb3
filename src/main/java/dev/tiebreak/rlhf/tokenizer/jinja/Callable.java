package dev.tiebreak.rlhf.tokenizer.jinja;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A macro, method or function a template may call.
@FunctionalInterface
interface Callable {
    @Nullable
    Object call(CallArguments arguments);

    /// What was handed over, by position and by name.
    record CallArguments(List<? extends @Nullable Object> positional, Map<String, ? extends @Nullable Object> named) {
        boolean has(int position, String name) {
            return position < positional.size() || named.containsKey(name);
        }

        @Nullable
        Object get(int position, String name, @Nullable Object otherwise) {
            return position < positional.size()
                    ? positional.get(position)
                    : named.containsKey(name) ? named.get(name) : otherwise;
        }

        @Nullable
        Object require(int position, String name) {
            if (!has(position, name)) {
                throw JinjaException.because("the argument '" + name + "' is missing");
            }
            return get(position, name, null);
        }

        String text(int position, String name, String otherwise) {
            return has(position, name) ? Values.requireText(get(position, name, null)) : otherwise;
        }
    }
}
