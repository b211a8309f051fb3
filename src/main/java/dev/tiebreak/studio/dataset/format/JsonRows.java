package dev.tiebreak.studio.dataset.format;

import dev.tiebreak.studio.dataset.ImportFormat;
import dev.tiebreak.studio.dataset.Turn;
import dev.tiebreak.studio.dataset.Verdict;
import dev.tiebreak.studio.dataset.format.Row.Candidate;
import dev.tiebreak.studio.dataset.format.Row.Candidates;
import dev.tiebreak.studio.dataset.format.Row.CompletionVote;
import dev.tiebreak.studio.dataset.format.Row.RowVote;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// The formats with one JSON object a line.
final class JsonRows {
    /// Who is said to have made the choice that a preference row carries.
    static final String LABEL = "label";

    private JsonRows() {}

    static Row row(ImportFormat format, JsonFields fields) {
        return switch (format) {
            case LLMFAO_PAIRS -> llmfaoPair(fields);
            case SAMPLE_PROMPTS -> samplePrompt(fields);
            case SAMPLE_VOTES -> sampleVote(fields);
            case TRL_PREFERENCE -> preference(fields);
            case SHAREGPT_PREFERENCE -> shareGpt(fields);
            case HH_RLHF -> transcript(fields);
            case CSV, LLMFAO_VOTES -> throw new IllegalArgumentException(format + " is not JSON");
        };
    }

    private static Row llmfaoPair(JsonFields fields) {
        // an empty result is what the model answered, and people voted on it
        return new Candidates(
                Optional.of(fields.name("id")),
                List.of(Turn.user(fields.filledText("text"))),
                List.of(
                        new Candidate(Optional.empty(), Optional.of(fields.name("model_x")), fields.text("result_x")),
                        new Candidate(Optional.empty(), Optional.of(fields.name("model_y")), fields.text("result_y"))),
                Optional.empty());
    }

    private static Row samplePrompt(JsonFields fields) {
        List<Candidate> completions = new ArrayList<>();
        for (JsonNode node : fields.list("completions")) {
            JsonFields completion = fields.of(node, "completions");
            completions.add(new Candidate(
                    Optional.of(completion.name("id")),
                    completion.optionalText("source").map(source -> Texts.name("source", source)),
                    completion.text("text")));
        }
        if (completions.size() < 2 || completions.size() > 9) {
            throw new BadRowException("completions", "has " + completions.size() + " entries; 2 to 9 can be compared");
        }
        return new Candidates(Optional.of(fields.name("id")), fields.turns("turns"), completions, Optional.empty());
    }

    private static Row sampleVote(JsonFields fields) {
        String choice = fields.text("choice");
        int strength = (int) fields.whole("strength", 0, 3);
        Verdict verdict = switch (choice) {
            case "left", "right" -> Verdict.PREFERENCE;
            case "tie" -> Verdict.TIE;
            case "both_bad" -> Verdict.BOTH_BAD;
            default ->
                throw new BadRowException(
                        "choice", "is '" + Texts.shortened(choice) + "'; known are left, right, tie, both_bad");
        };
        if ((verdict == Verdict.PREFERENCE) != (strength > 0)) {
            throw new BadRowException("strength", "is " + strength + " with the choice '" + choice + "'");
        }
        return new CompletionVote(
                fields.name("left"),
                fields.name("right"),
                fields.name("annotator"),
                verdict,
                choice.equals("right") ? -strength : strength,
                fields.optionalText("judged_at").map(JsonRows::instant),
                fields.has("active_ms")
                        ? Optional.of(Duration.ofMillis(fields.whole("active_ms", 0, 86_400_000)))
                        : Optional.empty());
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new BadRowException("judged_at", "is no time such as 2026-03-02T09:26:22Z");
        }
    }

    private static Row preference(JsonFields fields) {
        fields.require("chosen");
        fields.require("rejected");
        if (fields.isText("chosen") != fields.isText("rejected")) {
            throw new BadRowException("rejected", "is not of the same kind as 'chosen'");
        }
        int strength = strength(fields);
        if (fields.isText("chosen")) {
            String chosen = fields.filledText("chosen");
            String rejected = fields.filledText("rejected");
            if (fields.has("prompt")) {
                List<Turn> prompt = fields.isText("prompt")
                        ? List.of(Turn.user(fields.filledText("prompt")))
                        : fields.turns("prompt");
                return labelled(prompt, chosen, rejected, strength);
            }
            int shared = SharedPrefix.characters(chosen, rejected);
            if (chosen.substring(0, shared).isBlank()) {
                throw new BadRowException("prompt", "is missing, and chosen and rejected do not begin alike");
            }
            return labelled(
                    List.of(Turn.user(chosen.substring(0, shared))),
                    chosen.substring(shared),
                    rejected.substring(shared),
                    strength);
        }
        List<Turn> chosen = fields.turns("chosen");
        List<Turn> rejected = fields.turns("rejected");
        List<Turn> prompt = new ArrayList<>();
        if (fields.has("prompt") && !fields.isText("prompt")) {
            prompt.addAll(fields.turns("prompt"));
        }
        int shared = SharedPrefix.turns(chosen, rejected);
        if (fields.isText("prompt") && shared == 0) { // with shared turns it only says their beginning again
            prompt.add(Turn.user(fields.filledText("prompt")));
        }
        prompt.addAll(chosen.subList(0, shared));
        if (prompt.isEmpty()) {
            throw new BadRowException("prompt", "is missing, and chosen and rejected share no first message");
        }
        return labelled(
                prompt, lastAnswer("chosen", chosen, shared), lastAnswer("rejected", rejected, shared), strength);
    }

    private static String lastAnswer(String column, List<Turn> turns, int shared) {
        List<Turn> own = turns.subList(shared, turns.size());
        if (own.size() != 1 || !own.getFirst().role().equals("assistant")) {
            throw new BadRowException(
                    column,
                    "must end in one answer of the assistant after what both share, has " + own.size() + " messages");
        }
        if (own.getFirst().content().isBlank()) {
            throw new BadRowException(column, "is empty");
        }
        return own.getFirst().content();
    }

    private static Row shareGpt(JsonFields fields) {
        List<Turn> prompt = new ArrayList<>();
        fields.optionalText("system")
                .filter(text -> !text.isBlank())
                .ifPresent(text -> prompt.add(new Turn("system", text)));
        for (JsonNode message : fields.list("conversations")) {
            prompt.add(shareGptTurn("conversations", fields.of(message, "conversations")));
        }
        if (prompt.isEmpty()) {
            throw new BadRowException("conversations", "has no messages");
        }
        return labelled(prompt, shareGptAnswer("chosen", fields), shareGptAnswer("rejected", fields), strength(fields));
    }

    private static String shareGptAnswer(String column, JsonFields fields) {
        Turn answer = shareGptTurn(column, fields.object(column));
        if (!answer.role().equals("assistant") || answer.content().isBlank()) {
            throw new BadRowException(column, "is no answer of the assistant");
        }
        return answer.content();
    }

    private static Turn shareGptTurn(String column, JsonFields message) {
        String from = message.text("from");
        String role = switch (from) {
            case "human", "user" -> "user";
            case "gpt", "assistant" -> "assistant";
            case "system" -> "system";
            default ->
                throw new BadRowException(
                        column, "is from '" + Texts.shortened(from) + "'; known are human, gpt, system");
        };
        return new Turn(role, message.text("value"));
    }

    private static Row transcript(JsonFields fields) {
        List<Turn> chosen = HumanAssistantTranscript.turns("chosen", fields.filledText("chosen"));
        List<Turn> rejected = HumanAssistantTranscript.turns("rejected", fields.filledText("rejected"));
        int shared = SharedPrefix.turns(chosen, rejected);
        if (shared == 0) {
            throw new BadRowException("rejected", "does not begin with the same human turn as 'chosen'");
        }
        return labelled(
                chosen.subList(0, shared),
                HumanAssistantTranscript.rest(chosen, shared),
                HumanAssistantTranscript.rest(rejected, shared),
                strength(fields));
    }

    /// A margin of 1, 2 or 3 is how much better the chosen one is; without one it counts as clearly better.
    private static int strength(JsonFields fields) {
        return fields.number("margin")
                .filter(margin -> margin >= 1 && margin <= 3)
                .map(margin -> (int) Math.round(margin))
                .orElse(2);
    }

    static Candidates labelled(List<Turn> prompt, String chosen, String rejected, int strength) {
        if (chosen.equals(rejected)) {
            throw new BadRowException("rejected", "is the same as 'chosen'");
        }
        Candidate first = new Candidate(Optional.empty(), Optional.empty(), chosen);
        Candidate second = new Candidate(Optional.empty(), Optional.empty(), rejected);
        // canonical order must not give the label away, and must be the same at every import
        boolean chosenFirst = ContentHash.of(chosen).compareTo(ContentHash.of(rejected)) < 0;
        return new Candidates(
                Optional.empty(),
                prompt,
                chosenFirst ? List.of(first, second) : List.of(second, first),
                Optional.of(new RowVote(LABEL, Verdict.PREFERENCE, chosenFirst ? strength : -strength)));
    }
}
