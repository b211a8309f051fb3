package dev.tiebreak.rlhf.data;

import static dev.tiebreak.rlhf.data.Passage.conversation;
import static dev.tiebreak.rlhf.tokenizer.ChatMessage.assistant;
import static dev.tiebreak.rlhf.tokenizer.ChatMessage.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.tiebreak.rlhf.JsonFile;
import dev.tiebreak.rlhf.tokenizer.ChatMessage;
import dev.tiebreak.rlhf.tokenizer.ChatTemplate;
import dev.tiebreak.rlhf.tokenizer.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Which tokens of conversations are learnt under `assistant_only_loss`. `src/test/scripts/assistant_mask_fixture.py`
/// wrote
/// the oracle with transformers.
class AssistantOnlyTest {
    private static final Path TOKENIZERS = Path.of("src/test/resources/rlhf/tokenizer");
    private static final JsonObject ORACLE = JsonFile.read(TOKENIZERS.resolve("assistant-masks.json"));

    @TempDir
    Path folder;

    static Stream<JsonObject> cases() {
        return ORACLE.getAsJsonArray("cases").asList().stream().map(JsonElement::getAsJsonObject);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void generation_blocks_mark_what_transformers_marks(JsonObject expected) throws IOException {
        String template = ORACLE.getAsJsonObject("templates")
                .get(expected.get("template").getAsString())
                .getAsString();
        List<ChatMessage> messages = new ArrayList<>();
        expected.getAsJsonArray("messages")
                .forEach(message -> messages.add(new ChatMessage(
                        message.getAsJsonObject().get("role").getAsString(),
                        message.getAsJsonObject().get("content").getAsString())));
        List<TextExample> examples = learnt(template, new Passage.Conversation(messages));

        int[] ids = numbers(expected, "ids");
        int[] mask = numbers(expected, "mask");
        if (IntStream.of(mask).sum() == 0) {
            assertThat(examples).isEmpty(); // nothing to learn
            return;
        }
        TextExample example = examples.getFirst();
        assertThat(example.prompt()).isEmpty();
        assertThat(example.completion()).containsExactly(ids);
        assertThat(IntStream.range(0, mask.length).map(i -> example.learnt()[i] ? 1 : 0))
                .containsExactly(IntStream.of(mask).boxed().toArray(Integer[]::new));
    }

    @Test
    void a_template_without_blocks_is_rendered_up_to_each_turn() throws IOException {
        TextExample example = learnt(
                        ChatTemplate.CHATML,
                        conversation(user("Hi"), assistant("Hello you"), user("Bye"), assistant("Good night")))
                .getFirst();
        try (Tokenizer tokenizer = Tokenizer.load(folder)) {
            int[] said = IntStream.range(0, example.completion().length)
                    .filter(i -> example.learnt()[i])
                    .map(i -> example.completion()[i])
                    .toArray();
            assertThat(tokenizer.decode(said)).isEqualTo("Hello you<|im_end|>\nGood night<|im_end|>\n");
        }
    }

    @Test
    void a_template_whose_turns_depend_on_what_follows_is_refused() {
        String template =
                "{% for message in messages %}{% if loop.last %}LAST {% endif %}{{ message.content }}" + "{% endfor %}";
        assertThatThrownBy(() -> learnt(template, conversation(user("a"), assistant("b"), user("c"))))
                .hasMessageStartingWith("row 1: ")
                .hasMessageContaining("it needs {% generation %} blocks");
    }

    @Test
    void in_a_plain_text_nobody_speaks() {
        assertThatThrownBy(() -> learnt(ChatTemplate.CHATML, Passage.text("once upon a time")))
                .hasMessage("row 1: a plain text has no turns of an assistant: assistant_only_loss needs messages");
    }

    private List<TextExample> learnt(String template, Passage passage) throws IOException {
        Files.copy(TOKENIZERS.resolve("tokenizer.json"), folder.resolve("tokenizer.json"));
        Files.writeString(folder.resolve("chat_template.jinja"), template);
        try (Tokenizer tokenizer = Tokenizer.load(folder)) {
            return new TextTokeniser(tokenizer, 10_000, true)
                    .tokenise(List.of(new TextRow(Optional.empty(), passage)))
                    .examples();
        }
    }

    private static int[] numbers(JsonObject json, String key) {
        return json.getAsJsonArray(key).asList().stream()
                .mapToInt(JsonElement::getAsInt)
                .toArray();
    }
}
