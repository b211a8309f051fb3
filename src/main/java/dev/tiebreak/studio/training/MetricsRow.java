package dev.tiebreak.studio.training;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/// One line of `metrics.jsonl`: what was measured at a step, under TRL's names. Held-out figures come in lines of
/// their own, with the prefix `eval_`.
public record MetricsRow(int step, Map<String, Double> values) {

    public MetricsRow {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    public OptionalDouble value(String metric) {
        @Nullable Double value = values.get(metric);
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }
}
