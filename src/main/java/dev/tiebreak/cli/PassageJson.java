package dev.tiebreak.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.tiebreak.rlhf.data.Passage;

/// A passage as rows carry it: a text, or messages with role and content.
final class PassageJson {
    private PassageJson() {}

    static JsonElement of(Passage passage) {
        return switch (passage) {
            case Passage.PlainText(var text) -> new JsonPrimitive(text);
            case Passage.Conversation conversation -> {
                JsonArray turns = new JsonArray();
                conversation.messages().forEach(message -> {
                    JsonObject turn = new JsonObject();
                    turn.addProperty("role", message.role());
                    turn.addProperty("content", message.content());
                    turns.add(turn);
                });
                yield turns;
            }
        };
    }
}
