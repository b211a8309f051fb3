package generator;

import static java.util.stream.Collectors.joining;

import java.util.List;

/// A row of the training text.
public record Conversation(List<Turn> messages) {
    public String json() {
        return "{\"messages\":" + turns(messages) + "}";
    }

    static String turns(List<Turn> turns) {
        return turns.stream().map(Turn::json).collect(joining(",", "[", "]"));
    }
}
