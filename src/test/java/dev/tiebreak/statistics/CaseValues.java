package dev.tiebreak.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Reads the numbers of a worked case, and compares what was expected with what was computed, however deep.
public final class CaseValues {

    private CaseValues() {}

    public static double value(Estimate estimate) {
        return estimate.point().orElseThrow();
    }

    public static double[] doubles(JsonNode array) {
        return array.valueStream().mapToDouble(JsonNode::asDouble).toArray();
    }

    public static int[] ints(JsonNode array) {
        return array.valueStream().mapToInt(JsonNode::asInt).toArray();
    }

    public static double[][] matrix(JsonNode rows) {
        return rows.valueStream().map(CaseValues::doubles).toArray(double[][]::new);
    }

    /// A value that tables print in several forms, such as with or without the zero of a reference item.
    public interface Forms {
        Object matching(JsonNode expected);
    }

    /// @param computed a number, text, boolean, array (of arrays), list, or map by name
    static void requireClose(String name, JsonNode expected, @Nullable Object computed, double tolerance) {
        switch (computed) {
            case null -> {
                if (!expected.isNull()) {
                    throw new AssertionError("'" + name + "' is expected and not computed");
                }
            }
            case Forms forms -> requireClose(name, expected, forms.matching(expected), tolerance);
            case Map<?, ?> map
            when expected.isArray() -> requireAll(name, expected, new ArrayList<>(map.values()), tolerance);
            case Map<?, ?> map ->
                expected.propertyStream()
                        .forEach(property -> requireClose(
                                name + "." + property.getKey(),
                                property.getValue(),
                                map.get(property.getKey()),
                                tolerance));
            case double[] values ->
                requireAll(name, expected, DoubleStream.of(values).boxed().toList(), tolerance);
            case int[] values ->
                requireAll(name, expected, IntStream.of(values).boxed().toList(), tolerance);
            case double[][] rows -> requireAll(name, expected, List.of(rows), tolerance);
            case List<?> values -> requireAll(name, expected, values, tolerance);
            case Number number -> {
                assertThat(expected.isNumber())
                        .as("'%s' is a number, expected %s", name, expected)
                        .isTrue();
                assertThat(number.doubleValue()).as(name).isCloseTo(expected.asDouble(), within(tolerance));
            }
            default -> assertThat(computed.toString()).as(name).isEqualTo(expected.asString());
        }
    }

    private static void requireAll(String name, JsonNode expected, List<?> computed, double tolerance) {
        assertThat(expected.isArray())
                .as("'%s' is a list, expected %s", name, expected)
                .isTrue();
        assertThat(computed).as(name).hasSize(expected.size());
        for (int i = 0; i < computed.size(); i++) {
            requireClose(name + "[" + i + "]", Objects.requireNonNull(expected.get(i)), computed.get(i), tolerance);
        }
    }
}
