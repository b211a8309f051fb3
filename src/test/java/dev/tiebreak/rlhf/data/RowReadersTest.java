package dev.tiebreak.rlhf.data;

import static dev.tiebreak.rlhf.data.Passage.conversation;
import static dev.tiebreak.rlhf.data.Passage.text;
import static dev.tiebreak.rlhf.tokenizer.ChatMessage.assistant;
import static dev.tiebreak.rlhf.tokenizer.ChatMessage.user;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Labelled rows as TRL's `docs/source/dataset_formats.md` has them; ranked and rated ones are our own.
class RowReadersTest {
    @TempDir
    Path folder;

    @Test
    void labelled_rows_are_text_messages_or_a_prompt_of_messages_with_a_text() throws IOException {
        assertThat(read(LabelledReader::open, """
                {"prompt": "The sky is", "completion": " blue.", "label": true}
                {"prompt": [{"role":"user","content":"Sky?"}], "completion": [{"role":"assistant","content":"Red."}], \
                "label": false}
                {"prompt": [{"role":"user","content":"Sky?"}], "completion": "Blue.", "label": true}
                {"messages": [{"role":"user","content":"Sky?"}, {"role":"assistant","content":"Red."}], "label": false}
                """))
                .containsExactly(
                        new LabelledRow(text("The sky is"), text(" blue."), true),
                        new LabelledRow(conversation(user("Sky?")), conversation(assistant("Red.")), false),
                        new LabelledRow(conversation(user("Sky?")), conversation(assistant("Blue.")), true),
                        new LabelledRow(conversation(user("Sky?")), conversation(assistant("Red.")), false));
    }

    /// The example in the documentation of TRL's `unpair_preference_dataset`.
    @Test
    void a_preference_row_is_two_labelled_rows() throws IOException {
        assertThat(read(LabelledReader::open, """
                {"prompt": "The sky is", "chosen": " blue.", "rejected": " green."}
                {"prompt": "The sun is", "completion": "in the sky.", "label": true}
                """))
                .containsExactly(
                        new LabelledRow(text("The sky is"), text(" blue."), true),
                        new LabelledRow(text("The sky is"), text(" green."), false),
                        new LabelledRow(text("The sun is"), text("in the sky."), true));
    }

    @Test
    void ranked_rows_carry_ties_and_stand_best_first_when_no_ranks_are_given() throws IOException {
        assertThat(read(RankedReader::open, """
                {"prompt": "a", "completions": ["b", "c", "d", "e"], "ranks": [1, 2, 2, 4]}
                {"prompt": [{"role":"user","content":"a"}], "completions": ["b", [{"role":"assistant","content":"c"}]]}
                """))
                .containsExactly(
                        new RankedRow(
                                text("a"), List.of(text("b"), text("c"), text("d"), text("e")), List.of(1, 2, 2, 4)),
                        new RankedRow(
                                conversation(user("a")),
                                List.of(conversation(assistant("b")), conversation(assistant("c"))),
                                List.of(1, 2)));
    }

    @Test
    void rated_rows_carry_a_number() throws IOException {
        assertThat(read(RatedReader::open, """
                {"prompt": "a", "completion": "b", "rating": 3.5}
                {"messages": [{"role":"user","content":"a"}, {"role":"assistant","content":"b"}], "rating": -2}
                """))
                .containsExactly(
                        new RatedRow(text("a"), text("b"), 3.5),
                        new RatedRow(conversation(user("a")), conversation(assistant("b")), -2));
    }

    @Test
    void what_is_wrong_is_located_by_line_and_column() {
        String labelled = "{\"prompt\": \"a\", \"completion\": \"b\", \"label\": true}\n\n";
        assertWrong(
                LabelledReader::open,
                labelled + "{\"prompt\": \"a\", \"completion\": \"b\", \"label\": 1}",
                ":3: 'label' is 1, expected true or false");
        assertWrong(
                LabelledReader::open,
                "{\"prompt\": \"a\", \"label\": true}",
                ":1: 'completion' is missing; the row has [prompt, label]");
        assertWrong(
                LabelledReader::open,
                "{\"messages\": [{\"role\":\"user\",\"content\":\"a\"}], \"label\": true}",
                ":1: 'messages' is not a list of messages that ends with the assistant's");
        assertWrong(
                RankedReader::open,
                "{\"prompt\": \"a\", \"completions\": [\"b\"]}",
                ":1: 'completions' has 1, but a ranking needs at least 2");
        assertWrong(
                RankedReader::open,
                "{\"prompt\": \"a\", \"completions\": [\"b\", 7]}",
                ":1: 'completions' entry 2 is neither a text nor a list of messages");
        assertWrong(
                RankedReader::open,
                "{\"prompt\": \"a\", \"completions\": [\"b\", [{\"role\":\"assistant\",\"content\":\"c\"}]]}",
                ":1: 'completions' is not of the same kind as 'prompt'");
        assertWrong(
                RankedReader::open,
                "{\"prompt\": \"a\", \"completions\": [\"b\", \"c\"], \"ranks\": [1]}",
                ":1: 'ranks' has 1 places for 2 completions");
        assertWrong(
                RankedReader::open,
                "{\"prompt\": \"a\", \"completions\": [\"b\", \"c\"], \"ranks\": [1, 1.5]}",
                ":1: 'ranks' holds 1.5, which is not a whole number");
        assertWrong(
                RatedReader::open,
                "{\"prompt\": \"a\", \"completion\": \"b\", \"rating\": \"good\"}",
                ":1: 'rating' is not a number");
        assertWrong(
                PreferenceReader::open,
                "{\"conversations\": [], \"chosen\": {\"from\": \"gpt\", \"value\": \"b\"}, \"rejected\": \"c\"}",
                ":1: 'chosen' is a ShareGPT message (from, value), expected a text or a list of messages");
    }

    @Test
    void rows_of_another_method_are_named() {
        assertWrong(
                PreferenceReader::open,
                "{\"prompt\": \"a\", \"completion\": \"b\", \"label\": true}",
                ":1: the row looks like one of the labelled rows that kto takes: it has [prompt, completion, label];"
                        + " expected preference rows with prompt, chosen and rejected");
        assertWrong(
                TextReader::open,
                "{\"prompt\": \"a\", \"chosen\": \"b\", \"rejected\": \"c\"}",
                ":1: the row looks like one of the preference rows that dpo and rm take: it has"
                        + " [prompt, chosen, rejected]; expected texts with text, messages, or prompt and completion");
        assertWrong( // sft would imitate what was found bad
                TextReader::open,
                "{\"prompt\": \"a\", \"completion\": \"b\", \"label\": false}",
                ":1: the row looks like one of the labelled rows that kto takes: it has [prompt, completion, label];"
                        + " expected texts with text, messages, or prompt and completion");
        assertWrong(
                PreferenceReader::open,
                "{\"prompt\": \"a\", \"completions\": [\"b\", \"c\"]}",
                ":1: the row looks like one of the ranked rows that a reward model learns rankings from: it has"
                        + " [prompt, completions]; expected preference rows with prompt, chosen and rejected");
        assertWrong(
                RatedReader::open,
                "{\"text\": \"a\"}",
                ":1: the row looks like one of the texts that sft takes: it has [text];"
                        + " expected rated rows with prompt, completion and a rating");
        assertWrong(
                LabelledReader::open,
                "{\"question\": \"a\"}",
                ":1: the row has the columns [question]; expected labelled rows with prompt, completion and a label"
                        + " that is true or false");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "prompt,chosen,rejected\\na,b,c|CSV",
                "prompt\\tchosen\\trejected\\na\\tb\\tc|a table with tabs",
                "\\n[{\"prompt\": \"a\"},\\n{}]|a JSON array",
                "{\\n  \"prompt\": \"a\"\\n}|JSON over several lines",
                "<html></html>|XML or HTML",
                "rows:\\n  - a|YAML",
                "Once upon a time|plain text",
                "PK\u0003\u0004xx|a zip archive",
                "PAR1\u0015\u0004|a Parquet file",
                "ARROW1\u0000\u0000|an Arrow file",
                "\u00ff\u00ff\u00ff\u00ff\u0010|an Arrow stream",
                "\u0040\u0000\u0000\u0000\u0000\u0000\u0000\u0000{\"__metadata__\":{}}|a safetensors file",
                "\u0080\u0004\u0095|a Python pickle",
                "(\u00b5/\u00fd\u0004|compressed with zstd",
                "\u00ff\u00fe{\u0000|text in UTF-16",
            })
    void a_file_in_another_format_is_named(String content, String format) throws IOException {
        byte[] bytes = content.replace("\\n", "\n").replace("\\t", "\t").getBytes(ISO_8859_1);
        ByteArrayOutputStream gzipped = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(gzipped)) {
            gzip.write(bytes);
        }
        for (byte[] each : List.of(bytes, gzipped.toByteArray())) {
            assertThatThrownBy(() -> read(PreferenceReader::open, each))
                    .isInstanceOf(DataException.class)
                    .hasMessage(folder.resolve("rows.jsonl") + ": is " + format + "; expected JSONL, one JSON object"
                            + " a line: preference rows with prompt, chosen and rejected");
        }
    }

    @Test
    void a_folder_is_named_too() {
        assertThatThrownBy(() -> LabelledReader.open(folder))
                .hasMessageStartingWith(
                        folder + ": is a folder; expected JSONL, one JSON object a line: labelled rows");
    }

    private <R> void assertWrong(Function<Path, ? extends RowReader<R>> reader, String content, String reason) {
        assertThatThrownBy(() -> read(reader, content))
                .isInstanceOf(DataException.class)
                .hasMessage(folder.resolve("rows.jsonl") + reason);
    }

    private <R> List<R> read(Function<Path, ? extends RowReader<R>> reader, String content) throws IOException {
        return read(reader, content.getBytes(UTF_8));
    }

    private <R> List<R> read(Function<Path, ? extends RowReader<R>> reader, byte[] content) throws IOException {
        try (RowReader<R> rows = reader.apply(Files.write(folder.resolve("rows.jsonl"), content))) {
            return rows.stream().toList();
        }
    }
}
