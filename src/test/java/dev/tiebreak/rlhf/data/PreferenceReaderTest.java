package dev.tiebreak.rlhf.data;

import static dev.tiebreak.rlhf.data.Passage.conversation;
import static dev.tiebreak.rlhf.data.Passage.text;
import static dev.tiebreak.rlhf.tokenizer.ChatMessage.assistant;
import static dev.tiebreak.rlhf.tokenizer.ChatMessage.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.tiebreak.rlhf.data.Passage.Conversation;
import dev.tiebreak.rlhf.tokenizer.ChatMessage;
import dev.tiebreak.rlhf.tokenizer.ChatTemplate;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The rows are those of TRL's `docs/source/dataset_formats.md`.
class PreferenceReaderTest {
    @TempDir
    Path folder;

    @Test
    void text_with_a_prompt() throws IOException {
        assertThat(read("""
                {"prompt": "The sky is", "chosen": " blue.", "rejected": " green."}
                """)).containsExactly(new PreferenceRow(text("The sky is"), text(" blue."), text(" green.")));
    }

    @Test
    void text_without_a_prompt_shares_its_beginning_and_the_space_goes_to_the_completions() throws IOException {
        assertThat(read("""
                {"chosen": "The sky is blue.", "rejected": "The sky is green."}
                """)).containsExactly(new PreferenceRow(text("The sky is"), text(" blue."), text(" green.")));
    }

    @Test
    void the_shared_beginning_does_not_end_inside_a_character() throws IOException {
        assertThat(read("""
                {"chosen": "x🙂", "rejected": "x🙃"}
                """)).containsExactly(new PreferenceRow(text("x"), text("🙂"), text("🙃")));
    }

    @Test
    void messages_with_a_prompt() throws IOException {
        assertThat(read("""
                {"prompt": [{"role":"user","content":"What color is the sky?"}], \
                "chosen": [{"role":"assistant","content":"It is blue."}], \
                "rejected": [{"role":"assistant","content":"It is green."}]}
                """)).containsExactly(sky());
    }

    @Test
    void messages_without_a_prompt_share_their_first_turns() throws IOException {
        assertThat(read("""
                {"chosen": [{"role":"user","content":"What color is the sky?"},\
                {"role":"assistant","content":"It is blue."}], \
                "rejected": [{"role":"user","content":"What color is the sky?"},\
                {"role":"assistant","content":"It is green."}]}
                """)).containsExactly(sky());
    }

    @Test
    void a_prompt_repeated_as_text_beside_whole_conversations_is_passed_over() throws IOException {
        assertThat(read("""
                {"prompt": "What color is the sky?", \
                "chosen": [{"role":"user","content":"What color is the sky?"},\
                {"role":"assistant","content":"It is blue."}], \
                "rejected": [{"role":"user","content":"What color is the sky?"},\
                {"role":"assistant","content":"It is green."}]}
                """)).containsExactly(sky());
    }

    @Test
    void a_transcript_of_hh_rlhf_becomes_a_conversation() throws IOException {
        assertThat(read("""
                {"chosen": "\\n\\nHuman: Hi\\n\\nAssistant: Hello!", "rejected": "\\n\\nHuman: Hi\\n\\nAssistant: Go."}
                """))
                .containsExactly(new PreferenceRow(
                        conversation(user("Hi")), conversation(assistant("Hello!")), conversation(assistant("Go."))));
    }

    @Test
    void margin_and_soft_label_are_read() throws IOException {
        PreferenceRow row = read("""
                {"prompt": "a", "chosen": "b", "rejected": "c", "margin": -0.5, "soft_label": 0.75, "votes": 4}
                """).getFirst();
        assertThat(row.margin()).isEqualTo(OptionalDouble.of(-0.5));
        assertThat(row.softLabel()).isEqualTo(OptionalDouble.of(0.75));
    }

    @Test
    void gzip_byte_order_mark_blank_lines_and_windows_line_ends_make_no_difference() throws IOException {
        String row = "{\"prompt\": \"a\", \"chosen\": \"b\", \"rejected\": \"c\"}";
        String text = "\uFEFF" + row + "\r\n\r\n" + row;
        ByteArrayOutputStream gzipped = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(gzipped)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        assertThat(read(text)).hasSize(2).isEqualTo(read(gzipped.toByteArray()));
    }

    @Test
    void what_is_wrong_is_located_by_line_and_column() throws IOException {
        String sound = "{\"prompt\": \"a\", \"chosen\": \"b\", \"rejected\": \"c\"}\n\n";
        assertWrong(
                sound + "{\"prompt\": \"a\", \"chosen\": \"b\"}",
                3,
                "'rejected' is missing; the row has [prompt, chosen]");
        assertWrong(sound + "{\"prompt\": \"a\", \"chosen\": null, \"rejected\": \"c\"}", 3, "'chosen' is null");
        assertWrong("{\"chosen\": 7, \"rejected\": \"c\"}", 1, "'chosen' is neither a text nor a list of messages");
        assertWrong(
                "{\"chosen\": [{\"role\":\"user\"}], \"rejected\": []}", 1, "'chosen' message 1 has no text 'content'");
        assertWrong(
                "{\"chosen\": [{\"role\":\"user\",\"content\":\"a\"}], \"rejected\": \"b\"}",
                1,
                "'rejected' is not of the same kind as 'chosen'");
        assertWrong(
                "{\"prompt\":\"a\",\"chosen\":\"b\",\"rejected\":\"c\",\"soft_label\":1.5}",
                1,
                "'soft_label' is 1.5, expected 0.0 to 1.0");
        assertWrong(
                "{\"prompt\":\"a\",\"chosen\":\"b\",\"rejected\":\"c\",\"margin\":\"big\"}",
                1,
                "'margin' is not a number");
        assertWrong(sound + "[1]", 3, "is not valid JSON: expected a JSON object, found an array");
    }

    @Test
    void broken_json_encoding_and_compression_are_located_too() throws IOException {
        assertThatThrownBy(() -> read("{\"prompt\": \"a\", // no\n}"))
                .hasMessageContaining("rows.jsonl:1: is not valid JSON");
        byte[] latin = "{\"prompt\": \"\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> read(latin)).hasMessageEndingWith("rows.jsonl:1: is not UTF-8");
        ByteArrayOutputStream gzipped = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(gzipped)) {
            gzip.write(("{\"prompt\":\"a\",\"chosen\":\"b\",\"rejected\":\"c\"}\n".repeat(50) + "{")
                    .getBytes(StandardCharsets.UTF_8));
        }
        byte[] cut = Arrays.copyOf(gzipped.toByteArray(), gzipped.size() - 12);
        assertThatThrownBy(() -> read(cut)).hasMessageContaining("the gzip data is cut off or damaged");
        assertThatThrownBy(() -> PreferenceReader.open(folder.resolve("none.jsonl")))
                .isInstanceOf(DataException.class)
                .hasMessage(folder.resolve("none.jsonl") + ": no such file");
    }

    @Test
    void all_rows_of_hh_rlhf_read_and_the_plain_layout_gives_their_transcripts_back() throws IOException {
        Path file = Path.of(System.getProperty("tiebreak.test.data", "../shared/data"))
                .resolve("hh-rlhf/harmless-base-test.jsonl.gz");
        assumeThat(file)
                .as("HH-RLHF is not part of the repository; -Dtiebreak.test.data=DIR")
                .exists();
        ChatTemplate plain = ChatTemplate.plain("");
        int rows = 0;
        int exact = 0;
        try (PreferenceReader reader = PreferenceReader.open(file);
                JsonLines raw = new JsonLines(file, RowKind.PREFERENCE)) {
            for (PreferenceRow row : reader) {
                rows++;
                List<ChatMessage> all = new ArrayList<>(((Conversation) row.prompt()).messages());
                all.addAll(((Conversation) row.chosen()).messages());
                String original =
                        raw.next().orElseThrow().object().get("chosen").getAsString();
                exact += plain.render(all, false).equals(original) ? 1 : 0;
            }
        }
        assertThat(rows).isEqualTo(2312);
        assertThat(exact).isEqualTo(2312);
    }

    private static PreferenceRow sky() {
        return new PreferenceRow(
                conversation(user("What color is the sky?")),
                conversation(assistant("It is blue.")),
                conversation(assistant("It is green.")));
    }

    private void assertWrong(String content, int line, String reason) {
        Path file = folder.resolve("rows.jsonl");
        assertThatThrownBy(() -> read(content))
                .isInstanceOf(DataException.class)
                .hasMessage(file + ":" + line + ": " + reason);
    }

    private List<PreferenceRow> read(String content) throws IOException {
        return read(content.getBytes(StandardCharsets.UTF_8));
    }

    private List<PreferenceRow> read(byte[] content) throws IOException {
        Path file = Files.write(folder.resolve("rows.jsonl"), content);
        try (PreferenceReader reader = PreferenceReader.open(file)) {
            return reader.stream().toList();
        }
    }
}
