package dev.tiebreak.rlhf.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import dev.tiebreak.rlhf.JsonFile;
import dev.tiebreak.rlhf.data.Passage.Conversation;
import dev.tiebreak.rlhf.tokenizer.ChatTemplate;
import dev.tiebreak.rlhf.tokenizer.ChatTemplateException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Rows with tools, calls of tools and template variables, laid out by templates in the styles of six families.
/// `src/test/scripts/chat_template_fixture.py` wrote the oracle with transformers' `apply_chat_template`.
class TemplatedRowsTest {
    private static final JsonObject ORACLE =
            JsonFile.read(Path.of("src/test/resources/rlhf/tokenizer/chat-template-styles.json"));
    private static final Map<String, String> TOKENS = Map.of("bos_token", "<s>", "eos_token", "</s>");

    @TempDir
    Path folder;

    record Rendering(JsonObject expected) {
        @Override
        public String toString() {
            return expected.get("template").getAsString() + ": "
                    + expected.get("row").getAsString()
                    + (expected.get("add_generation_prompt").getAsBoolean() ? ", to be continued" : "");
        }
    }

    static Stream<Rendering> renderings() {
        return ORACLE.getAsJsonArray("renderings").asList().stream().map(each -> new Rendering(each.getAsJsonObject()));
    }

    @ParameterizedTest
    @MethodSource("renderings")
    void a_row_is_laid_out_as_transformers_lays_it_out(Rendering rendering) throws IOException {
        JsonObject expected = rendering.expected;
        ChatTemplate template =
                ChatTemplate.jinja(text(ORACLE.getAsJsonObject("templates"), "template", expected), TOKENS);
        Conversation row = conversation(ORACLE.getAsJsonObject("rows")
                .get(expected.get("row").getAsString())
                .toString());
        boolean prompt = expected.get("add_generation_prompt").getAsBoolean();
        if (expected.has("text")) {
            assertThat(template.render(row.messages(), row.variables(), prompt))
                    .isEqualTo(expected.get("text").getAsString());
        } else {
            String error = expected.get("error").getAsString();
            assertThatThrownBy(() -> template.render(row.messages(), row.variables(), prompt))
                    .isInstanceOf(ChatTemplateException.class)
                    .hasMessageContaining(
                            error.startsWith("TemplateError: ")
                                    ? error.substring("TemplateError: ".length())
                                    : "content");
        }
    }

    private static String text(JsonObject from, String key, JsonObject expected) {
        return from.get(expected.get(key).getAsString()).getAsString();
    }

    @Test
    void tools_may_be_a_json_text_as_trl_takes_them() throws IOException {
        Conversation list = conversation("{\"messages\": [{\"role\": \"user\", \"content\": \"Hi\"}],"
                + " \"tools\": [{\"name\": \"clock\", \"parameters\": {}}]}");
        Conversation text = conversation("{\"messages\": [{\"role\": \"user\", \"content\": \"Hi\"}],"
                + " \"tools\": \"[{\\\"name\\\": \\\"clock\\\", \\\"parameters\\\": {}}]\"}");
        assertThat(list.variables()).containsKey("tools").isEqualTo(text.variables());
    }

    @Test
    void prompt_and_completions_carry_the_tools_of_their_row() throws IOException {
        Path file = Files.writeString(folder.resolve("pairs.jsonl"), """
                {"prompt": [{"role": "user", "content": "Time?"}], "tools": [{"name": "clock"}], \
                "chosen": [{"role": "assistant", "tool_calls": [{"name": "clock"}]}], \
                "rejected": [{"role": "assistant", "content": "Noon."}]}
                """);
        try (PreferenceReader rows = PreferenceReader.open(file)) {
            PreferenceRow row = rows.iterator().next();
            Map<String, ?> tools = ((Conversation) row.prompt()).variables();
            assertThat(tools).containsOnlyKeys("tools");
            assertThat(((Conversation) PassageTokeniser.joined(row.prompt(), row.rejected())).variables())
                    .isEqualTo(tools);
            assertThat(((Conversation) row.chosen()).messages().getFirst().further())
                    .containsKey("tool_calls");
        }
    }

    @Test
    void what_is_no_tool_and_no_variable_is_named() {
        assertRefused("\"tools\": {\"name\": \"clock\"}", "'tools' is neither a list of tools nor its JSON text");
        assertRefused("\"tools\": \"clock\"", "'tools' is neither a list of tools nor its JSON text");
        assertRefused("\"tools\": [\"clock\"]", "'tools' is neither a list of tools nor its JSON text");
        assertRefused("\"tools\": \"[{\"", "'tools' is neither a list of tools nor its JSON text");
        assertRefused("\"chat_template_kwargs\": []", "'chat_template_kwargs' is not an object");
        assertRefused(
                "\"chat_template_kwargs\": {\"messages\": []}",
                "'chat_template_kwargs' holds 'messages', which is given by the row itself");
        assertThatThrownBy(() -> conversation("{\"messages\": [{\"role\": \"assistant\", \"tool_calls\": []}]}"))
                .hasMessageEndingWith("'messages' message 1 has no text 'content'");
    }

    private void assertRefused(String column, String problem) {
        assertThatThrownBy(() ->
                        conversation("{\"messages\": [{\"role\": \"user\", \"content\": \"Hi\"}], " + column + "}"))
                .isInstanceOf(DataException.class)
                .hasMessage(folder.resolve("row.jsonl") + ":1: " + problem);
    }

    private Conversation conversation(String row) throws IOException {
        Path file = Files.writeString(folder.resolve("row.jsonl"), row + "\n");
        try (TextReader rows = TextReader.open(file)) {
            return (Conversation) rows.iterator().next().completion();
        }
    }
}
