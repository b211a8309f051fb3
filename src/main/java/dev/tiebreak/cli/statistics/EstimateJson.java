package dev.tiebreak.cli.statistics;

import com.google.gson.JsonObject;
import dev.tiebreak.statistics.Estimate;

/// An estimate as a program reads it: `value` with its interval, `value` with a `reason`, or a `reason` alone.
final class EstimateJson {

    private EstimateJson() {}

    static JsonObject of(Estimate estimate) {
        JsonObject json = new JsonObject();
        switch (estimate) {
            case Estimate.Defined defined -> {
                json.addProperty("value", defined.value());
                json.addProperty("standard_error", defined.standardError());
                json.addProperty("low", defined.low());
                json.addProperty("high", defined.high());
                json.addProperty("confidence", defined.confidence());
                json.addProperty("method", defined.method());
            }
            case Estimate.WithoutInterval(double value, String reason) -> {
                json.addProperty("value", value);
                json.addProperty("reason", reason);
            }
            case Estimate.Undefined(String reason) -> json.addProperty("reason", reason);
        }
        return json;
    }
}
