package dev.tiebreak.rlhf.data;

import dev.tiebreak.rlhf.tokenizer.ChatMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Dialogue as HH-RLHF stores it, in one text: `\n\nHuman: …\n\nAssistant: …`.
final class HumanAssistantTranscript {
    private static final Pattern SPEAKER = Pattern.compile("\n\n(Human|Assistant):[ ]?");

    private HumanAssistantTranscript() {}

    static boolean isOne(String text) {
        return text.startsWith("\n\nHuman:") && text.contains("\n\nAssistant:");
    }

    static List<ChatMessage> parse(String text) {
        List<ChatMessage> messages = new ArrayList<>();
        Matcher speaker = SPEAKER.matcher(text);
        boolean found = speaker.find();
        while (found) {
            String role = speaker.group(1).equals("Human") ? "user" : "assistant";
            int begin = speaker.end();
            found = speaker.find();
            messages.add(new ChatMessage(role, text.substring(begin, found ? speaker.start() : text.length())));
        }
        return messages;
    }
}
