package dev.tiebreak.rlhf.data;

import dev.tiebreak.rlhf.data.Passage.Conversation;
import dev.tiebreak.rlhf.data.Passage.PlainText;
import dev.tiebreak.rlhf.tokenizer.ChatMessage;
import java.nio.file.Path;
import java.util.List;

/// Reads preference rows in every shape TRL knows: `prompt`, `chosen`, `rejected` as text or as messages; without a
/// prompt, the longest beginning that chosen and rejected share is the prompt; and HH-RLHF transcripts, which become
/// conversations. Optional columns: `margin`, `soft_label`. Others are ignored.
public final class PreferenceReader extends RowReader<PreferenceRow> {
    private PreferenceReader(Path file) {
        super(file, RowKind.PREFERENCE);
    }

    /// @throws DataException when the file cannot be opened
    public static PreferenceReader open(Path file) {
        return new PreferenceReader(file);
    }

    @Override
    List<PreferenceRow> rowsOf(JsonRow row) {
        return List.of(preference(row));
    }

    static PreferenceRow preference(JsonRow row) {
        RowKind.PREFERENCE.require(row);
        Passage chosen = row.passage("chosen");
        Passage rejected = row.passage("rejected");
        PreferenceRow passages = switch (chosen) {
            case PlainText text when rejected instanceof PlainText other -> ofTexts(row, text, other);
            case Conversation messages when rejected instanceof Conversation other -> ofMessages(row, messages, other);
            case Passage _ -> throw row.wrong("rejected", "is not of the same kind as 'chosen'");
        };
        return new PreferenceRow(
                passages.prompt(),
                passages.chosen(),
                passages.rejected(),
                row.number("margin", Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY),
                row.number("soft_label", 0, 1));
    }

    private static PreferenceRow ofTexts(JsonRow row, PlainText chosen, PlainText rejected) {
        if (row.has("prompt")) {
            if (row.passage("prompt") instanceof PlainText prompt) {
                return new PreferenceRow(prompt, chosen, rejected);
            }
            // messages as prompt, texts as completions: the texts are what the assistant says
            return new PreferenceRow(row.passage("prompt"), asAssistant(chosen), asAssistant(rejected));
        }
        if (HumanAssistantTranscript.isOne(chosen.text()) && HumanAssistantTranscript.isOne(rejected.text())) {
            return splitAtSharedMessages(
                    new Conversation(HumanAssistantTranscript.parse(chosen.text())),
                    new Conversation(HumanAssistantTranscript.parse(rejected.text())));
        }
        int shared = sharedCharacters(chosen.text(), rejected.text());
        return new PreferenceRow(
                new PlainText(chosen.text().substring(0, shared)),
                new PlainText(chosen.text().substring(shared)),
                new PlainText(rejected.text().substring(shared)));
    }

    private static PreferenceRow ofMessages(JsonRow row, Conversation chosen, Conversation rejected) {
        requireMessages(row, "chosen", chosen);
        requireMessages(row, "rejected", rejected);
        if (row.has("prompt") && row.passage("prompt") instanceof Conversation prompt) {
            return new PreferenceRow(prompt, chosen, rejected);
        }
        // UltraFeedback repeats its prompt as text beside whole conversations
        return splitAtSharedMessages(chosen, rejected);
    }

    private static void requireMessages(JsonRow row, String column, Conversation conversation) {
        if (conversation.messages().isEmpty()) {
            throw row.wrong(column, "has no messages");
        }
    }

    private static Conversation asAssistant(PlainText text) {
        return new Conversation(List.of(ChatMessage.assistant(text.text())));
    }

    private static PreferenceRow splitAtSharedMessages(Conversation chosen, Conversation rejected) {
        List<ChatMessage> better = chosen.messages();
        List<ChatMessage> worse = rejected.messages();
        int last = Math.min(better.size(), worse.size()) - 1; // each side keeps at least one message
        int shared = 0;
        while (shared < last && better.get(shared).equals(worse.get(shared))) {
            shared++;
        }
        return new PreferenceRow(
                chosen.with(better.subList(0, shared)),
                chosen.with(better.subList(shared, better.size())),
                chosen.with(worse.subList(shared, worse.size())));
    }

    /// As TRL's `extract_prompt`: a space at the end of the shared part belongs to the completions.
    private static int sharedCharacters(String chosen, String rejected) {
        int last = Math.min(chosen.length(), rejected.length()) - 1;
        int shared = 0;
        while (shared < last && chosen.charAt(shared) == rejected.charAt(shared)) {
            shared++;
        }
        if (shared > 0 && chosen.charAt(shared - 1) == ' ') {
            shared--;
        }
        boolean insidePair = shared > 0 && Character.isHighSurrogate(chosen.charAt(shared - 1));
        return Math.max(0, insidePair ? shared - 1 : shared);
    }
}
