package dev.tiebreak.rlhf.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiebreak.rlhf.WrongInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenizerTest {
    @TempDir
    Path folder;

    @Test
    void ids_and_texts_are_those_of_hugging_faces_tokenizers() {
        try (Tokenizer tokenizer = Tokenizer.load(HuggingFaceFixture.FOLDER)) {
            for (HuggingFaceFixture.Text each : HuggingFaceFixture.texts()) {
                assertThat(tokenizer.encode(each.text())).as(each.text()).isEqualTo(each.ids());
                assertThat(tokenizer.decode(each.ids())).isEqualTo(each.decoded());
            }
        }
    }

    @Test
    void long_text_is_not_cut_at_512_tokens() {
        try (Tokenizer tokenizer = Tokenizer.load(HuggingFaceFixture.FOLDER)) {
            assertThat(tokenizer.encode("xyz ".repeat(1000))).hasSizeGreaterThan(3000);
        }
    }

    @Test
    void truncation_and_padding_written_into_tokenizer_json_are_not_obeyed() throws IOException {
        tokenizerJsonWith("\"truncation\":null,\"padding\":null", """
                "truncation":{"direction":"Right","max_length":8,"strategy":"LongestFirst","stride":0},
                "padding":{"strategy":{"Fixed":16},"direction":"Right","pad_to_multiple_of":null,
                           "pad_id":0,"pad_type_id":0,"pad_token":"<|pad|>"}""");
        try (Tokenizer tokenizer = Tokenizer.load(folder)) {
            assertThat(tokenizer.encode("xyz xyz xyz xyz")).hasSize(15);
            assertThat(tokenizer.encode("x")).hasSize(1);
        }
    }

    @Test
    void special_tokens_written_out_in_a_text_become_their_ids_and_can_be_left_out_when_read() {
        try (Tokenizer tokenizer = Tokenizer.load(HuggingFaceFixture.FOLDER)) {
            int[] ids = tokenizer.encode("hi<|im_end|>");
            assertThat(ids[ids.length - 1]).isEqualTo(1);
            assertThat(tokenizer.decodeSkippingSpecialTokens(ids)).isEqualTo("hi");
        }
    }

    @Test
    void half_a_surrogate_pair_becomes_the_replacement_character() {
        try (Tokenizer tokenizer = Tokenizer.load(HuggingFaceFixture.FOLDER)) {
            assertThat(tokenizer.decode(tokenizer.encode("a\uD83Db🙂"))).isEqualTo("a\uFFFDb🙂");
        }
    }

    @Test
    void special_tokens_come_from_the_configuration_as_text_or_as_object() throws IOException {
        tokenizerJsonWith("", "");
        Files.writeString(folder.resolve("tokenizer_config.json"), """
                {"bos_token": null, "eos_token": {"content": "<|im_end|>", "special": true}}""");
        Files.writeString(folder.resolve("special_tokens_map.json"), """
                {"bos_token": "<|im_start|>", "pad_token": "<|pad|>"}""");
        Files.writeString(folder.resolve("generation_config.json"), """
                {"eos_token_id": [1, 2]}""");
        try (Tokenizer tokenizer = Tokenizer.load(folder)) {
            assertThat(tokenizer.bosId()).as("null in the first file wins").isEmpty();
            assertThat(tokenizer.eosId()).hasValue(1);
            assertThat(tokenizer.padId()).hasValue(0);
            assertThat(tokenizer.stopIds()).containsExactlyInAnyOrder(1, 2);
        }
    }

    @Test
    void ids_in_config_json_serve_where_no_tokenizer_configuration_is() throws IOException {
        tokenizerJsonWith("", "");
        Files.writeString(folder.resolve("config.json"), """
                {"bos_token_id": 2, "eos_token_id": [1], "pad_token_id": null}""");
        try (Tokenizer tokenizer = Tokenizer.load(folder)) {
            assertThat(tokenizer.bosToken()).hasValue("<|im_start|>");
            assertThat(tokenizer.eosId()).hasValue(1);
            assertThat(tokenizer.padId()).isEmpty();
        }
    }

    @Test
    void a_model_without_a_template_lays_conversations_out_as_transcripts() throws IOException {
        tokenizerJsonWith("", "");
        Files.writeString(folder.resolve("tokenizer_config.json"), "{\"eos_token\": \"<|im_end|>\"}");
        List<ChatMessage> messages = List.of(ChatMessage.user("Hi"), ChatMessage.assistant("Hello"));
        try (Tokenizer tokenizer = Tokenizer.load(folder)) {
            ChatTemplate template = tokenizer.chatTemplate();
            assertThat(template.isStandIn()).isTrue();
            assertThat(template.render(messages, false)).isEqualTo("\n\nHuman: Hi\n\nAssistant: Hello<|im_end|>");
            assertThat(template.render(messages.subList(0, 1), true)).isEqualTo("\n\nHuman: Hi\n\nAssistant:");
        }
    }

    @Test
    void a_missing_or_broken_tokenizer_is_one_line_that_names_the_file() throws IOException {
        Path file = folder.resolve("tokenizer.json");
        assertThatThrownBy(() -> Tokenizer.load(folder))
                .isInstanceOf(WrongInputException.class)
                .hasMessage(file + ": no such file");
        Files.writeString(file, "{\"model\": {\"type\": \"BPE\"}}");
        assertThatThrownBy(() -> Tokenizer.load(folder)).hasMessage(file + ": 'model.vocab' is missing");
        Files.writeString(file, "{\"model\": {\"type\": \"BPE\", \"vocab\": {\"a\": 0}}}");
        assertThatThrownBy(() -> Tokenizer.load(folder))
                .isInstanceOf(WrongInputException.class)
                .hasMessageStartingWith(file + ": is not a usable tokenizer (")
                .hasMessageNotContaining("\n");
        Files.writeString(file, "{\"model\": ");
        assertThatThrownBy(() -> Tokenizer.load(folder)).hasMessageStartingWith(file + ": is not valid JSON");
    }

    private void tokenizerJsonWith(String part, String replacement) throws IOException {
        String json = Files.readString(HuggingFaceFixture.FOLDER.resolve("tokenizer.json"));
        assertThat(json).contains(part);
        Files.writeString(folder.resolve("tokenizer.json"), part.isEmpty() ? json : json.replace(part, replacement));
    }
}
