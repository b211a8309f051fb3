package dev.tiebreak.statistics.drift;

import dev.tiebreak.statistics.CaseValues;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.LongStream;
import tools.jackson.databind.JsonNode;

/// What this package computes for the worked cases, by the name of the statistic and of the expectation.
public final class DriftCases {
    public static final Map<String, Function<JsonNode, Map<String, Object>>> ALL = Map.ofEntries(
            Map.entry("cusum_tabular", DriftCases::cusum),
            Map.entry("ewma_chart", DriftCases::ewma),
            Map.entry("p_chart", DriftCases::pChart));

    private DriftCases() {}

    /// K and H are in units of the values, or of `sigma` where that is given.
    private static Map<String, Object> cusum(JsonNode input) {
        double[] values = CaseValues.doubles(input.path("x"));
        CusumChart.Sums sums = CusumChart.ofDeviations(
                        input.path("target").asDouble(mean(values)),
                        input.path("sigma").asDouble(1),
                        number(input, 0.5, "K", "k"),
                        number(input, 5, "H", "h"))
                .of(values);
        Map<String, Object> computed = new HashMap<>();
        computed.put("c_plus", sums.above());
        computed.put("c_minus", sums.below());
        computed.put(
                "first_alarm_1based",
                sums.firstAlarm().isPresent() ? sums.firstAlarm().getAsInt() : null);
        return computed;
    }

    private static Map<String, Object> ewma(JsonNode input) {
        double[] values = CaseValues.doubles(input.path("x"));
        double sigma = input.path("sigma").isNumber()
                ? input.path("sigma").asDouble()
                : CaseValues.value(MovingRange.sigma(values));
        EwmaChart.Averages averages = new EwmaChart(
                        number(input, 0.2, "lam", "lambda"),
                        number(input, 3, "L"),
                        sigma,
                        input.path("target").asDouble(mean(values)))
                .of(values);
        double lambda = number(input, 0.2, "lam", "lambda");
        double steady = number(input, 3, "L") * sigma * Math.sqrt(lambda / (2 - lambda));
        double target = input.path("target").asDouble(mean(values));
        return Map.of(
                "z", averages.average(),
                "ucl", limit(averages.upper(), target + steady),
                "lcl", limit(averages.lower(), target - steady),
                "alarms_1based", averages.alarms());
    }

    private static Map<String, Object> pChart(JsonNode input) {
        long[] defects = Arrays.stream(CaseValues.doubles(input.path("defects")))
                .mapToLong(Math::round)
                .toArray();
        JsonNode n = input.path("n");
        long[] sizes = n.isArray()
                ? Arrays.stream(CaseValues.doubles(n)).mapToLong(Math::round).toArray()
                : LongStream.generate(n::asLong).limit(defects.length).toArray();
        PChart.Limits limits = (PChart.Limits) PChart.of(defects, sizes);
        return Map.of(
                "pbar", limits.centre(),
                "ucl", limit(limits.upper(), limits.upper()[0]),
                "lcl", limit(limits.lower(), limits.lower()[0]),
                "p", limits.shares(),
                "out_1based", limits.out());
    }

    /// Tables print the limit of every point, or the one that all have (in the end).
    private static CaseValues.Forms limit(double[] ofEveryPoint, double one) {
        return expected -> expected.isNumber() ? (Object) one : ofEveryPoint;
    }

    /// The first of these fields that is there.
    private static double number(JsonNode input, double otherwise, String... names) {
        for (String name : names) {
            if (input.path(name).isNumber()) {
                return input.path(name).asDouble();
            }
        }
        return otherwise;
    }

    private static double mean(double... values) {
        return Arrays.stream(values).average().orElse(0);
    }
}
