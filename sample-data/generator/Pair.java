package generator;

import java.util.List;

/// A preference in TRL's conversational form with an explicit prompt.
public record Pair(List<Turn> prompt, String chosen, String rejected) {
    public String json() {
        return "{\"prompt\":" + Conversation.turns(prompt)
                + ",\"chosen\":" + Conversation.turns(List.of(new Turn("assistant", chosen)))
                + ",\"rejected\":" + Conversation.turns(List.of(new Turn("assistant", rejected))) + "}";
    }
}
