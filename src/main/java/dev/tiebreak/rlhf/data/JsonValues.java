package dev.tiebreak.rlhf.data;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// JSON as the values that a chat template works on: null, Boolean, Long, Double, String, List, Map.
final class JsonValues {
    private JsonValues() {}

    static @Nullable Object of(JsonElement json) {
        return switch (json) {
            case JsonArray list -> list(list);
            case JsonObject object -> map(object);
            case JsonPrimitive truth when truth.isBoolean() -> truth.getAsBoolean();
            case JsonPrimitive number when number.isNumber() -> number(number.getAsString());
            case JsonPrimitive text -> text.getAsString();
            case JsonElement _ -> null;
        };
    }

    private static List<@Nullable Object> list(JsonArray json) {
        List<@Nullable Object> list = new ArrayList<>(json.size());
        json.forEach(each -> list.add(of(each)));
        return Collections.unmodifiableList(list);
    }

    private static Map<String, @Nullable Object> map(JsonObject json) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        json.asMap().forEach((name, value) -> map.put(name, of(value)));
        return Collections.unmodifiableMap(map);
    }

    private static Object number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            return Double.parseDouble(text); // a fraction, or beyond a long
        }
    }
}
