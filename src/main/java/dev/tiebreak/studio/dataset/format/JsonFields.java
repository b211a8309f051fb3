package dev.tiebreak.studio.dataset.format;

import dev.tiebreak.studio.dataset.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A JSON row, read key by key; what is missing or of the wrong kind is blamed on its key.
final class JsonFields {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final Set<String> ROLES = Set.of("system", "user", "assistant");

    private final JsonNode object;

    private JsonFields(JsonNode object) {
        this.object = object;
    }

    static JsonFields of(String line) {
        try {
            return of(JSON.readTree(line));
        } catch (JacksonException e) {
            throw new BadRowException("", "is not valid JSON: " + reason(e));
        }
    }

    static JsonFields of(JsonNode row) {
        if (!row.isObject()) {
            throw new BadRowException("", "is not a JSON object");
        }
        return new JsonFields(row);
    }

    static String reason(JacksonException e) {
        return Optional.ofNullable(e.getOriginalMessage())
                .orElse("")
                .lines()
                .findFirst()
                .orElse("");
    }

    JsonFields of(JsonNode node, String column) {
        if (!node.isObject()) {
            throw new BadRowException(column, "is not an object");
        }
        return new JsonFields(node);
    }

    String keys() {
        return String.join(", ", object.propertyNames());
    }

    JsonFields object(String key) {
        require(key);
        return of(object.path(key), key);
    }

    void require(String key) {
        if (!has(key)) {
            throw new BadRowException(key, "is missing");
        }
    }

    boolean has(String key) {
        return object.hasNonNull(key);
    }

    boolean isText(String key) {
        return object.path(key).isString();
    }

    /// Text that may be empty.
    String text(String key) {
        require(key);
        JsonNode node = object.path(key);
        if (!node.isString()) {
            throw new BadRowException(key, "is not text");
        }
        return Texts.checked(key, node.asString());
    }

    String filledText(String key) {
        String text = text(key);
        if (text.isBlank()) {
            throw new BadRowException(key, "is empty");
        }
        return text;
    }

    Optional<String> optionalText(String key) {
        return has(key) ? Optional.of(text(key)) : Optional.empty();
    }

    /// A name that may be written as a number.
    String name(String key) {
        JsonNode node = object.path(key);
        if (!node.isString() && !node.isNumber()) {
            throw new BadRowException(key, node.isMissingNode() ? "is missing" : "is neither text nor a number");
        }
        return Texts.name(key, node.asString());
    }

    long whole(String key, long least, long most) {
        JsonNode node = object.path(key);
        if (!node.isIntegralNumber() || !node.canConvertToLong() || node.asLong() < least || node.asLong() > most) {
            throw new BadRowException(key, "is not a whole number from " + least + " to " + most);
        }
        return node.asLong();
    }

    Optional<Double> number(String key) {
        if (!has(key)) {
            return Optional.empty();
        }
        if (!object.path(key).isNumber()) {
            throw new BadRowException(key, "is not a number");
        }
        return Optional.of(object.path(key).asDouble());
    }

    Iterable<JsonNode> list(String key) {
        if (!object.path(key).isArray()) {
            throw new BadRowException(key, has(key) ? "is not a list" : "is missing");
        }
        return object.path(key);
    }

    /// A conversation: a list of messages with a role and content.
    List<Turn> turns(String key) {
        List<Turn> turns = new ArrayList<>();
        for (JsonNode message : list(key)) {
            JsonFields fields = of(message, key);
            String role = fields.text("role");
            if (!ROLES.contains(role)) {
                throw new BadRowException(
                        key,
                        "has the role '" + Texts.shortened(role) + "'; known are "
                                + ROLES.stream().sorted().collect(Collectors.joining(", ")));
            }
            turns.add(new Turn(role, fields.text("content")));
        }
        if (turns.isEmpty()) {
            throw new BadRowException(key, "has no messages");
        }
        return turns;
    }
}
