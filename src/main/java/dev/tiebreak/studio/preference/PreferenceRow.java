package dev.tiebreak.studio.preference;

import dev.tiebreak.studio.dataset.Comparison;
import dev.tiebreak.studio.dataset.Prompt;
import dev.tiebreak.studio.dataset.SafeCell;
import dev.tiebreak.studio.preference.FreezeSettings.MarginRule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import tools.jackson.databind.json.JsonMapper;

/// One preference pair as TRL reads it: conversational, with an explicit prompt.
record PreferenceRow(Prompt prompt, String chosen, String rejected, Comparison comparison, Consensus.Pair pair) {
    private static final JsonMapper JSON = JsonMapper.shared();

    static PreferenceRow of(Comparison comparison, Consensus.Pair pair) {
        String a = comparison.a().text();
        String b = comparison.b().text();
        return new PreferenceRow(
                comparison.prompt(), pair.aIsChosen() ? a : b, pair.aIsChosen() ? b : a, comparison, pair);
    }

    /// One line of JSON without its line feed.
    String json(MarginRule margin) {
        SequencedMap<String, Object> row = new LinkedHashMap<>();
        row.put("prompt", messages());
        row.put("chosen", List.of(message("assistant", chosen)));
        row.put("rejected", List.of(message("assistant", rejected)));
        numbers(margin).forEach(row::put);
        return JSON.writeValueAsString(row);
    }

    /// The cells of one CSV row; a conversation of more than one user turn stands as JSON in its cell.
    List<Object> cells(MarginRule margin) {
        boolean plain =
                prompt.turns().size() == 1 && prompt.turns().getFirst().role().equals("user");
        String promptCell = plain ? prompt.turns().getFirst().content() : JSON.writeValueAsString(messages());
        List<Object> cells =
                new ArrayList<>(List.of(SafeCell.of(promptCell), SafeCell.of(chosen), SafeCell.of(rejected)));
        cells.addAll(numbers(margin).values());
        return cells;
    }

    static List<String> header(MarginRule margin) {
        return margin == MarginRule.NONE
                ? List.of("prompt", "chosen", "rejected", "soft_label", "votes", "prompt_id", "comparison_id")
                : List.of(
                        "prompt", "chosen", "rejected", "margin", "soft_label", "votes", "prompt_id", "comparison_id");
    }

    private SequencedMap<String, Object> numbers(MarginRule margin) {
        SequencedMap<String, Object> numbers = new LinkedHashMap<>();
        if (margin != MarginRule.NONE) {
            numbers.put("margin", rounded(pair.margin()));
        }
        numbers.put("soft_label", rounded(pair.softLabel()));
        numbers.put("votes", pair.votes());
        numbers.put("prompt_id", prompt.id().value().toString());
        numbers.put("comparison_id", comparison.id().value().toString());
        return numbers;
    }

    private static double rounded(double value) {
        return Math.round(value * 1e6) / 1e6;
    }

    private List<SequencedMap<String, Object>> messages() {
        return prompt.turns().stream()
                .map(turn -> message(turn.role(), turn.content()))
                .toList();
    }

    private static SequencedMap<String, Object> message(String role, String content) {
        SequencedMap<String, Object> message = new LinkedHashMap<>();
        message.put("role", role);
        message.put("content", content);
        return message;
    }
}
