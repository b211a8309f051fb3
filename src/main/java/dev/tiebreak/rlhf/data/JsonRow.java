package dev.tiebreak.rlhf.data;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonPrimitive;
import dev.tiebreak.rlhf.JsonFile;
import dev.tiebreak.rlhf.tokenizer.ChatMessage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One object of a JSONL file with the place it came from, so that whatever is wrong with it can be located.
record JsonRow(Path file, long line, JsonObject object) {
    /// What `chat_template_kwargs` cannot change.
    private static final Set<String> GIVEN = Set.of("messages", "tools", "add_generation_prompt");

    boolean has(String column) {
        return object.has(column) && !object.get(column).isJsonNull();
    }

    /// Text, or a list of `{"role", "content"}`.
    Passage passage(String column) {
        return passage(column, "", value(column));
    }

    /// A completion of `prompt`, so of its kind; a text beside messages is what the assistant says.
    Passage completion(String column, Passage prompt) {
        return fitting(column, passage(column), prompt);
    }

    /// A list of completions, likewise.
    List<Passage> completions(String column, Passage prompt) {
        if (!(value(column) instanceof JsonArray list)) {
            throw wrong(column, "is not a list");
        }
        List<Passage> completions = new ArrayList<>(list.size());
        for (int i = 0; i < list.size(); i++) {
            completions.add(fitting(column, passage(column, "entry " + (i + 1) + " ", list.get(i)), prompt));
        }
        return completions;
    }

    List<Integer> wholeNumbers(String column) {
        if (!(value(column) instanceof JsonArray list)) {
            throw wrong(column, "is not a list");
        }
        List<Integer> numbers = new ArrayList<>(list.size());
        for (JsonElement each : list) {
            if (!(each instanceof JsonPrimitive number) || !number.getAsString().matches("-?[0-9]{1,9}")) {
                throw wrong(column, "holds " + each + ", which is not a whole number");
            }
            numbers.add(number.getAsInt());
        }
        return numbers;
    }

    boolean truth(String column) {
        if (value(column) instanceof JsonPrimitive truth && truth.isBoolean()) {
            return truth.getAsBoolean();
        }
        throw wrong(column, "is " + value(column) + ", expected true or false");
    }

    OptionalDouble number(String column, double low, double high) {
        if (!has(column)) {
            return OptionalDouble.empty();
        }
        if (!(object.get(column) instanceof JsonPrimitive number) || !number.isNumber()) {
            throw wrong(column, "is not a number");
        }
        double value = number.getAsDouble();
        if (!(value >= low && value <= high) || Double.isInfinite(value)) {
            throw wrong(column, "is " + value + ", expected " + (high <= 1 ? low + " to " + high : "a finite number"));
        }
        return OptionalDouble.of(value);
    }

    DataException wrong(String column, String reason) {
        return new DataException(file, line, column, reason);
    }

    private Passage passage(String column, String place, JsonElement value) {
        return switch (value) {
            case JsonPrimitive text when text.isString() -> new Passage.PlainText(text.getAsString());
            case JsonArray messages -> new Passage.Conversation(messages(column, place, messages), variables());
            case JsonObject message
            when message.has("from") ->
                throw wrong(
                        column, place + "is a ShareGPT message (from, value), expected a text or a list of messages");
            case JsonElement _ -> throw wrong(column, place + "is neither a text nor a list of messages");
        };
    }

    private Passage fitting(String column, Passage completion, Passage prompt) {
        if (prompt instanceof Passage.Conversation && completion instanceof Passage.PlainText(var text)) {
            return Passage.conversation(ChatMessage.assistant(text));
        }
        if (prompt.getClass() != completion.getClass()) {
            throw wrong(column, "is not of the same kind as 'prompt'");
        }
        return completion;
    }

    private JsonElement value(String column) {
        if (!has(column)) {
            throw wrong(column, object.has(column) ? "is null" : "is missing; the row has " + object.keySet());
        }
        return object.get(column);
    }

    private List<ChatMessage> messages(String column, String place, JsonArray array) {
        List<ChatMessage> messages = new ArrayList<>(array.size());
        for (int i = 0; i < array.size(); i++) {
            String role = text(array.get(i), "role");
            String content = text(array.get(i), "content");
            boolean callsTools = content == null && callsTools(array.get(i));
            if (role == null || (content == null && !callsTools)) {
                throw wrong(
                        column,
                        place + "message " + (i + 1) + " has no text '" + (role == null ? "role" : "content") + "'");
            }
            messages.add(new ChatMessage(role, content == null ? "" : content, further(array.get(i), callsTools)));
        }
        return messages;
    }

    /// A turn that calls tools need not say anything.
    private static boolean callsTools(JsonElement message) {
        return message instanceof JsonObject fields
                && fields.get("tool_calls") instanceof JsonArray calls
                && !calls.isEmpty()
                && (!fields.has("content") || fields.get("content").isJsonNull());
    }

    private static Map<String, @Nullable Object> further(JsonElement message, boolean withoutContent) {
        Map<String, @Nullable Object> further = new LinkedHashMap<>();
        if (withoutContent) {
            further.put("content", null);
        }
        message.getAsJsonObject().asMap().forEach((name, value) -> {
            if (!name.equals("role") && !name.equals("content")) {
                further.put(name, JsonValues.of(value));
            }
        });
        return further;
    }

    /// `tools`, as a list or as its JSON text, and what `chat_template_kwargs` holds.
    private Map<String, @Nullable Object> variables() {
        Map<String, @Nullable Object> variables = new LinkedHashMap<>();
        if (has("chat_template_kwargs")) {
            if (!(object.get("chat_template_kwargs") instanceof JsonObject given)) {
                throw wrong("chat_template_kwargs", "is not an object");
            }
            given.asMap().forEach((name, value) -> {
                if (GIVEN.contains(name)) {
                    throw wrong("chat_template_kwargs", "holds '" + name + "', which is given by the row itself");
                }
                variables.put(name, JsonValues.of(value));
            });
        }
        if (has("tools")) {
            variables.put("tools", tools(object.get("tools")));
        }
        return variables;
    }

    private @Nullable Object tools(JsonElement value) {
        if (list(value) instanceof JsonArray tools && tools.asList().stream().allMatch(JsonElement::isJsonObject)) {
            return JsonValues.of(tools);
        }
        throw wrong("tools", "is neither a list of tools nor its JSON text");
    }

    private JsonElement list(JsonElement value) {
        try {
            return value instanceof JsonPrimitive text && text.isString()
                    ? JsonFile.parseArray(text.getAsString())
                    : value;
        } catch (JsonParseException e) {
            return value;
        }
    }

    private static @Nullable String text(JsonElement message, String key) {
        return message instanceof JsonObject fields && fields.get(key) instanceof JsonPrimitive text && text.isString()
                ? text.getAsString()
                : null;
    }
}
