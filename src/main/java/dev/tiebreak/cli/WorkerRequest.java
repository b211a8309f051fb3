package dev.tiebreak.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.tiebreak.rlhf.WrongInputException;
import dev.tiebreak.rlhf.data.Passage;
import dev.tiebreak.rlhf.rollout.SamplingSettings;
import dev.tiebreak.rlhf.tokenizer.ChatMessage;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One line that the studio sends to a [Worker].
sealed interface WorkerRequest {
    String id();

    record Generate(String id, Path model, Passage prompt, SamplingSettings settings, long seed)
            implements WorkerRequest {}

    record Score(String id, Path model, Passage prompt, List<Passage> completions) implements WorkerRequest {}

    /// @param of the request to be cancelled
    record Cancel(String id, String of) implements WorkerRequest {}

    /// @throws WrongInputException naming what is missing or wrong
    static WorkerRequest of(JsonObject json) {
        Fields fields = new Fields(json);
        String id = fields.text("id");
        return switch (fields.text("op")) {
            case "generate" ->
                new Generate(
                        id,
                        fields.path("model"),
                        fields.messages(),
                        new SamplingSettings(
                                (int) fields.number("max_new_tokens", 128, 1, 1_000_000),
                                fields.number("temperature", 0.7, 0, 100),
                                (int) fields.number("top_k", 50, 0, 1_000_000),
                                fields.number("top_p", 0.95, 0, 1)),
                        (long) fields.number("seed", 42, -1L << 53, 1L << 53));
            case "score" -> new Score(id, fields.path("model"), fields.messages(), fields.completions());
            case "cancel" -> new Cancel(id, fields.text("of"));
            case String other -> throw new WrongInputException("'op' must be generate, score or cancel, is " + other);
        };
    }

    record Fields(JsonObject json) {
        String text(String name) {
            if (json.get(name) instanceof JsonPrimitive text && text.isString()) {
                return text.getAsString();
            }
            throw new WrongInputException("'" + name + "' is missing or is no text");
        }

        Path path(String name) {
            try {
                return Path.of(text(name));
            } catch (InvalidPathException e) {
                throw new WrongInputException("'" + name + "' is no path: " + e.getReason(), e);
            }
        }

        double number(String name, double absent, double least, double most) {
            JsonElement value = json.get(name);
            if (value == null || value.isJsonNull()) {
                return absent;
            }
            if (value instanceof JsonPrimitive number && number.isNumber()) {
                double is = number.getAsDouble();
                if (is >= least && is <= most) {
                    return is;
                }
            }
            throw new WrongInputException(
                    "'%s' must be a number from %s to %s, is %s".formatted(name, least, most, value));
        }

        Passage messages() {
            List<ChatMessage> messages = new ArrayList<>();
            for (JsonElement each : list("messages")) {
                if (!(each instanceof JsonObject message)) {
                    throw new WrongInputException("'messages' holds something that is no message: " + each);
                }
                Fields fields = new Fields(message);
                messages.add(new ChatMessage(fields.text("role"), fields.text("content")));
            }
            return new Passage.Conversation(messages);
        }

        List<Passage> completions() {
            List<Passage> completions = new ArrayList<>();
            for (JsonElement each : list("completions")) {
                if (!(each instanceof JsonPrimitive text) || !text.isString()) {
                    throw new WrongInputException("'completions' holds something that is no text: " + each);
                }
                completions.add(Passage.conversation(ChatMessage.assistant(text.getAsString())));
            }
            return completions;
        }

        private JsonArray list(String name) {
            @Nullable JsonElement value = json.get(name);
            if (value instanceof JsonArray list && !list.isEmpty()) {
                return list;
            }
            throw new WrongInputException("'" + name + "' is missing or is no list with something in it");
        }
    }
}
