package dev.tiebreak.studio.dataset;

import java.util.List;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// Conversations as they lie in the database.
final class TurnsJson {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final TypeReference<List<Turn>> TURNS = new TypeReference<>() {};

    private TurnsJson() {}

    static String write(List<Turn> turns) {
        return JSON.writeValueAsString(turns);
    }

    static List<Turn> read(String json) {
        return JSON.readValue(json, TURNS);
    }
}
