package dev.tiebreak.studio.dataset.format;

import dev.tiebreak.studio.dataset.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A conversation as HH-RLHF writes it: `\n\nHuman: …\n\nAssistant: …`, again and again.
final class HumanAssistantTranscript {
    private static final Pattern SPEAKER = Pattern.compile("\n\n(Human|Assistant):");

    private HumanAssistantTranscript() {}

    static boolean isOne(String text) {
        return text.startsWith("\n\nHuman:");
    }

    static List<Turn> turns(String column, String text) {
        if (!isOne(text)) {
            throw new BadRowException(column, "does not begin with a blank line and 'Human:'");
        }
        List<Turn> turns = new ArrayList<>();
        Matcher speaker = SPEAKER.matcher(text);
        int begin = -1;
        String role = "";
        while (speaker.find()) {
            if (begin >= 0) {
                turns.add(new Turn(role, text.substring(begin, speaker.start()).strip()));
            }
            role = speaker.group(1).equals("Human") ? "user" : "assistant";
            begin = speaker.end();
        }
        turns.add(new Turn(role, text.substring(begin).strip()));
        return turns;
    }

    /// What one side says after the shared turns. Usually one answer; where it goes on, the speakers stay in the text.
    static String rest(List<Turn> turns, int shared) {
        List<Turn> own = turns.subList(shared, turns.size());
        if (own.size() == 1 && own.getFirst().role().equals("assistant")) {
            return own.getFirst().content();
        }
        StringBuilder text = new StringBuilder();
        for (Turn turn : own) {
            text.append(text.isEmpty() ? "" : "\n\n")
                    .append(turn.role().equals("user") ? "Human: " : "Assistant: ")
                    .append(turn.content());
        }
        return text.toString();
    }
}
