package dev.tiebreak.studio.dataset.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiebreak.studio.dataset.CsvColumn;
import dev.tiebreak.studio.dataset.ImportFailedException;
import dev.tiebreak.studio.dataset.ImportFormat;
import dev.tiebreak.studio.dataset.ImportProblem;
import dev.tiebreak.studio.dataset.ImportRequest.ImportFile;
import dev.tiebreak.studio.dataset.Turn;
import dev.tiebreak.studio.dataset.Verdict;
import dev.tiebreak.studio.dataset.format.Row.Candidate;
import dev.tiebreak.studio.dataset.format.Row.Candidates;
import dev.tiebreak.studio.dataset.format.Row.PairVote;
import dev.tiebreak.studio.dataset.format.Row.RowVote;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What each format means, and that every bad row is one problem with its place. The lines of TRL's formats are those
/// of
/// its documentation (`dataset_formats`).
class RowReaderTest {
    @TempDir
    Path folder;

    private record Read(List<Long> lines, List<Row> rows, List<ImportProblem> problems) {
        Candidates only() {
            assertThat(problems).isEmpty();
            assertThat(rows).hasSize(1);
            return (Candidates) rows.getFirst();
        }
    }

    private Read read(ImportFormat format, byte[] content, Map<CsvColumn, String> columns) {
        Read read = new Read(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        new RowReader(new ImportFile(file(content), "f", format, columns), new RowReader.Listener() {
                    @Override
                    public void row(long line, Row row, String raw) {
                        read.lines.add(line);
                        read.rows.add(row);
                    }

                    @Override
                    public void problem(ImportProblem problem, String raw) {
                        read.problems.add(problem);
                    }
                })
                .read(_ -> {});
        return read;
    }

    private Read read(ImportFormat format, String content) {
        return read(format, content.getBytes(UTF_8), Map.of());
    }

    private Path file(byte[] content) {
        try {
            return Files.write(folder.resolve("f"), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ImportFormat detect(String content) {
        return FormatDetector.detect(file(content.getBytes(UTF_8)), "f");
    }

    private static Candidate text(String text) {
        return new Candidate(Optional.empty(), Optional.empty(), text);
    }

    /// Whatever the canonical order, the vote is for the chosen one.
    private static void assertPair(Candidates row, List<Turn> prompt, String chosen, String rejected, int strength) {
        assertThat(row.turns()).isEqualTo(prompt);
        assertThat(row.completions()).containsExactlyInAnyOrder(text(chosen), text(rejected));
        boolean chosenFirst = row.completions().getFirst().equals(text(chosen));
        assertThat(row.vote()).contains(new RowVote("label", Verdict.PREFERENCE, chosenFirst ? strength : -strength));
    }

    @ParameterizedTest
    @MethodSource
    void trls_four_preference_formats_say_the_same(String row, String prompt, String chosen, String rejected) {
        assertThat(detect(row)).isEqualTo(ImportFormat.TRL_PREFERENCE);
        assertPair(read(ImportFormat.TRL_PREFERENCE, row).only(), List.of(Turn.user(prompt)), chosen, rejected, 2);
    }

    static Stream<Arguments> trls_four_preference_formats_say_the_same() {
        String question = "[{\"role\": \"user\", \"content\": \"What color is the sky?\"}";
        String blue = "{\"role\": \"assistant\", \"content\": \"It is blue.\"}";
        String green = "{\"role\": \"assistant\", \"content\": \"It is green.\"}";
        return Stream.of(
                Arguments.of(
                        "{\"prompt\": \"The sky is\", \"chosen\": \" blue.\", \"rejected\": \" green.\"}",
                        "The sky is",
                        " blue.",
                        " green."),
                Arguments.of(
                        "{\"chosen\": \"The sky is blue.\", \"rejected\": \"The sky is green.\"}",
                        "The sky is",
                        " blue.",
                        " green."),
                Arguments.of(
                        "{\"prompt\": " + question + "], \"chosen\": [" + blue + "], \"rejected\": [" + green + "]}",
                        "What color is the sky?",
                        "It is blue.",
                        "It is green."),
                Arguments.of(
                        "{\"chosen\": " + question + ", " + blue + "], \"rejected\": " + question + ", " + green + "]}",
                        "What color is the sky?",
                        "It is blue.",
                        "It is green."),
                // UltraFeedback, binarized: the prompt as text beside whole conversations
                Arguments.of(
                        "{\"prompt\": \"What color is the sky?\", \"chosen\": " + question + ", " + blue
                                + "], \"rejected\": " + question + ", " + green + "]}",
                        "What color is the sky?",
                        "It is blue.",
                        "It is green."),
                Arguments.of(
                        "{\"prompt\": \"What color is the sky?\", \"chosen\": [" + blue + "], \"rejected\": [" + green
                                + "]}",
                        "What color is the sky?",
                        "It is blue.",
                        "It is green."));
    }

    @Test
    void a_margin_of_one_to_three_is_the_strength() {
        String row = "{\"prompt\":\"p\",\"chosen\":\"c\",\"rejected\":\"r\",\"margin\":%s}";
        assertPair(read(ImportFormat.TRL_PREFERENCE, row.formatted("3")).only(), List.of(Turn.user("p")), "c", "r", 3);
        assertPair(
                read(ImportFormat.TRL_PREFERENCE, row.formatted("0.5")).only(), List.of(Turn.user("p")), "c", "r", 2);
    }

    @Test
    void the_canonical_order_does_not_give_the_label_away() {
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < 200; i++) {
            rows.append("{\"prompt\":\"p\",\"chosen\":\"good %d\",\"rejected\":\"bad %d\"}\n".formatted(i, i));
        }
        long chosenFirst = read(ImportFormat.TRL_PREFERENCE, rows.toString()).rows().stream()
                .filter(row ->
                        ((Candidates) row).completions().getFirst().text().startsWith("good"))
                .count();
        // 200 fair coins: five standard deviations around 100 are 35
        assertThat(chosenFirst).isBetween(65L, 135L);
    }

    @Test
    void a_transcript_is_split_where_the_two_sides_part() {
        String row = """
                {"chosen":"\\n\\nHuman: Hi\\n\\nAssistant: Hello!\\n\\nHuman: Bye\\n\\nAssistant: See you.",\
                "rejected":"\\n\\nHuman: Hi\\n\\nAssistant: Hello!\\n\\nHuman: Bye\\n\\nAssistant: Go away."}
                """;
        assertThat(detect(row)).isEqualTo(ImportFormat.HH_RLHF);
        assertPair(
                read(ImportFormat.HH_RLHF, row).only(),
                List.of(Turn.user("Hi"), new Turn("assistant", "Hello!"), Turn.user("Bye")),
                "See you.",
                "Go away.",
                2);
    }

    @Test
    void sharegpt_rows_may_stand_in_one_indented_array() {
        String file = """
                [
                  {
                    "conversations": [{"from": "system", "value": "Be brief."}, {"from": "human", "value": "Hi"}],
                    "chosen": {"from": "gpt", "value": "Hello!"},
                    "rejected": {"from": "gpt", "value": "What?"}
                  },
                  {
                    "conversations": [{"from": "human", "value": "Hi"}],
                    "chosen": {"from": "human", "value": "Hello!"},
                    "rejected": {"from": "gpt", "value": "What?"}
                  },
                  7
                ]
                """;
        assertThat(detect(file)).isEqualTo(ImportFormat.SHAREGPT_PREFERENCE);
        Read read = read(ImportFormat.SHAREGPT_PREFERENCE, file);
        assertThat(read.lines).containsExactly(2L);
        assertPair(
                (Candidates) read.rows.getFirst(),
                List.of(new Turn("system", "Be brief."), Turn.user("Hi")),
                "Hello!",
                "What?",
                2);
        assertThat(read.problems)
                .containsExactly(
                        new ImportProblem("f", 7, "chosen", "is no answer of the assistant"),
                        new ImportProblem("f", 12, "", "is not a JSON object"));
    }

    @Test
    void votes_of_llmfao_are_canonical_because_its_pairs_have_one_orientation() {
        String csv = """
                id,prompt,model_x,model_y,worker,winner,left,right
                0,8,97,98,58,tie,Airoboros L2 70B,Weaver 12k
                0,8,97,98,83,left,Airoboros L2 70B,Weaver 12k
                1,8,97,98,83,right,Airoboros L2 70B,Weaver 12k
                1,8,97,98,84,neither,Airoboros L2 70B,Weaver 12k
                """;
        assertThat(detect(csv)).isEqualTo(ImportFormat.LLMFAO_VOTES);
        Read read = read(ImportFormat.LLMFAO_VOTES, csv);
        assertThat(read.rows)
                .containsExactly(
                        new PairVote("0", "58", Verdict.TIE, 0),
                        new PairVote("0", "83", Verdict.PREFERENCE, 2),
                        new PairVote("1", "83", Verdict.PREFERENCE, -2));
        assertThat(read.problems)
                .containsExactly(new ImportProblem("f", 5, "winner", "is 'neither'; known are left, right, tie"));
    }

    @Test
    void csv_keeps_quotes_commas_and_line_breaks_and_counts_lines_as_an_editor_does() {
        String csv = "prompt,completion_a,completion_b,winner,annotator,source_a,source_b\r\n"
                + "\"Say \"\"hi\"\", please\",\"one\r\ntwo\",three,b,ann,model x,model y\r\n"
                + "What?,a,b,who,,,\r\n"
                + "What?,a,b,both_bad,,,\r\n";
        assertThat(detect(csv)).isEqualTo(ImportFormat.CSV);
        Read read = read(ImportFormat.CSV, csv);
        assertThat(read.rows.getFirst())
                .isEqualTo(new Candidates(
                        Optional.empty(),
                        List.of(Turn.user("Say \"hi\", please")),
                        List.of(
                                new Candidate(Optional.empty(), Optional.of("model x"), "one\r\ntwo"),
                                new Candidate(Optional.empty(), Optional.of("model y"), "three")),
                        Optional.of(new RowVote("ann", Verdict.PREFERENCE, -2))));
        assertThat(read.problems)
                .containsExactly(new ImportProblem("f", 4, "winner", "is 'who'; known are a, b, tie, both_bad"));
        assertThat(read.lines).containsExactly(2L, 5L);
        assertThat(((Candidates) read.rows.get(1)).vote()).contains(new RowVote("label", Verdict.BOTH_BAD, 0));
    }

    @Test
    void columns_of_other_names_are_mapped_and_blamed_by_their_own_names() {
        String csv =
                "question,good,bad\nIs 91 prime?,\"No, 91 = 7 × 13.\",\nHow?,so,so\nWhy?,because,\"\"\"why not\"\"\"\n";
        Read read = read(
                ImportFormat.CSV,
                csv.getBytes(UTF_8),
                Map.of(CsvColumn.PROMPT, "question", CsvColumn.CHOSEN, "good", CsvColumn.REJECTED, "bad"));
        assertThat(read.problems)
                .containsExactly(
                        new ImportProblem("f", 2, "bad", "is empty"),
                        new ImportProblem("f", 3, "bad", "is the same as 'good'"));
        assertPair((Candidates) read.rows.getFirst(), List.of(Turn.user("Why?")), "because", "\"why not\"", 2);
    }

    @ParameterizedTest
    @MethodSource
    void a_heading_without_a_needed_column_is_one_problem(
            ImportFormat format, String heading, Map<CsvColumn, String> columns, String missing) {
        assertThatThrownBy(() -> read(format, (heading + "\n1,2,3\n4,5,6\n").getBytes(UTF_8), columns))
                .isInstanceOf(ImportFailedException.class)
                .hasMessageStartingWith("f:1 has no column '" + missing + "'; its columns are a, b, c.");
    }

    static Stream<Arguments> a_heading_without_a_needed_column_is_one_problem() {
        return Stream.of(
                Arguments.of(ImportFormat.CSV, "a,b,c", Map.of(), "prompt"),
                Arguments.of(ImportFormat.CSV, "a,b,c", Map.of(CsvColumn.PROMPT, "a"), "chosen"),
                Arguments.of(
                        ImportFormat.CSV,
                        "a,b,c",
                        Map.of(CsvColumn.PROMPT, "a", CsvColumn.CHOSEN, "b", CsvColumn.REJECTED, "d"),
                        "d"),
                Arguments.of(
                        ImportFormat.CSV,
                        "a,b,c",
                        Map.of(CsvColumn.PROMPT, "a", CsvColumn.COMPLETION_A, "b"),
                        "completion_b"),
                Arguments.of(ImportFormat.LLMFAO_VOTES, "a,b,c", Map.of(), "id"));
    }

    @ParameterizedTest
    @MethodSource
    void a_bad_row_is_one_problem_and_the_rows_around_it_are_read(byte[] bad, String column, String reason) {
        String good = "{\"prompt\":\"p\",\"chosen\":\"c\",\"rejected\":\"r\"}\n";
        Read read = read(
                ImportFormat.TRL_PREFERENCE, join(good.getBytes(UTF_8), bad, ("\n" + good).getBytes(UTF_8)), Map.of());
        assertThat(read.lines).containsExactly(1L, 3L);
        assertThat(read.problems).hasSize(1);
        assertThat(read.problems.getFirst().line()).isEqualTo(2);
        assertThat(read.problems.getFirst().column()).isEqualTo(column);
        assertThat(read.problems.getFirst().message()).startsWith(reason).hasLineCount(1);
    }

    static Stream<Arguments> a_bad_row_is_one_problem_and_the_rows_around_it_are_read() {
        String deep = "{\"prompt\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";
        String huge = "{\"prompt\":\"" + "x".repeat(17 * 1024 * 1024) + "\"}";
        String longText = "{\"prompt\":\"" + "x".repeat(1_000_001) + "\",\"chosen\":\"c\",\"rejected\":\"r\"}";
        return Stream.of(
                row("{\"prompt\":\"p\",\"chosen\":\"c\"}", "rejected", "is missing"),
                row("{\"prompt\":\"p\",\"chosen\":\"c\",\"rejected\":7}", "rejected", "is not of the same kind"),
                row("{\"prompt\":\"p\",\"chosen\":\"c\",\"rejected\":\"\"}", "rejected", "is empty"),
                row("{\"prompt\":\"p\",\"chosen\":\"c\",\"rejected\":\"c\"}", "rejected", "is the same as 'chosen'"),
                row("{\"chosen\":\"yes\",\"rejected\":\"no\"}", "prompt", "is missing, and chosen and rejected do not"),
                row("{\"prompt\":\"p\",\"prompt\":\"q\",\"chosen\":\"c\",\"rejected\":\"r\"}", "", "is not valid JSON"),
                row("{\"prompt\":\"p\"} {}", "", "is not valid JSON"),
                row("[1, 2]", "", "is not a JSON object"),
                row("{\"prompt\":", "", "is not valid JSON"),
                row(deep, "", "is not valid JSON: Document nesting depth"),
                row(huge, "", "is longer than 16 MiB"),
                row(longText, "prompt", "is longer than 1,000,000 characters"),
                row("{\"prompt\":\"a\\u0000b\",\"chosen\":\"c\",\"rejected\":\"r\"}", "prompt", "holds a NUL"),
                row("{\"prompt\":\"a\0b\",\"chosen\":\"c\",\"rejected\":\"r\"}", "", "is not valid JSON"),
                row(
                        "{\"prompt\":\"\\ud83d\",\"chosen\":\"c\",\"rejected\":\"r\"}",
                        "prompt",
                        "holds half of a surrogate"),
                Arguments.of(new byte[] {'{', '"', (byte) 0xC3, (byte) 0x28, '"', '}'}, "", "is not UTF-8 text"),
                row(
                        "{\"prompt\":[{\"role\":\"robot\",\"content\":\"x\"}],\"chosen\":[],\"rejected\":[]}",
                        "chosen",
                        "has no messages"),
                row(
                        "{\"chosen\":[{\"role\":\"robot\",\"content\":\"x\"}],\"rejected\":[]}",
                        "chosen",
                        "has the role 'robot'; known are assistant, system, user"));
    }

    private static Arguments row(String row, String column, String reason) {
        return Arguments.of(row.getBytes(UTF_8), column, reason);
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    @Test
    void a_byte_order_mark_crlf_and_blank_lines_do_not_matter() {
        String rows = "\uFEFF{\"prompt\":\"p\",\"chosen\":\"c\",\"rejected\":\"r\"}\r\n\r\n"
                + "{\"prompt\":\"p\",\"chosen\":\"c\",\"rejected\":\"r\"}";
        Read read = read(ImportFormat.TRL_PREFERENCE, rows);
        assertThat(read.lines).containsExactly(1L, 3L);
        assertThat(read.rows.getFirst()).isEqualTo(read.rows.getLast());
        assertThat(read(ImportFormat.CSV, "\uFEFFprompt,chosen,rejected\r\np,c,r\r\n")
                        .only())
                .isEqualTo(read.rows.getFirst());
    }

    @ParameterizedTest
    @MethodSource
    void a_file_that_cannot_be_read_on_says_where(ImportFormat format, byte[] content, String message) {
        assertThatThrownBy(() -> read(format, content, Map.of()))
                .isInstanceOf(ImportFailedException.class)
                .hasMessageContaining(message)
                .message()
                .hasLineCount(1);
    }

    static Stream<Arguments> a_file_that_cannot_be_read_on_says_where() throws IOException {
        String heading = "prompt,chosen,rejected\n";
        byte[] packed = gzip("x".repeat(5000).getBytes(UTF_8));
        return Stream.of(
                Arguments.of(
                        ImportFormat.CSV,
                        (heading + "p,c,r\n\"never closed" + "x,y\n".repeat(5_000_000)).getBytes(UTF_8),
                        "f:3 or after: a row is longer than 16 MiB"),
                Arguments.of(ImportFormat.CSV, (heading + "p,\"c\"x,r\n").getBytes(UTF_8), "f:2 or after: "),
                Arguments.of(
                        ImportFormat.CSV,
                        join(heading.getBytes(UTF_8), new byte[] {'p', ',', (byte) 0xFF, ',', 'r', '\n'}),
                        "is not UTF-8 text"),
                Arguments.of(
                        ImportFormat.CSV,
                        "prompt,prompt,chosen,rejected\n".getBytes(UTF_8),
                        "f:1 has 2 columns 'prompt'"),
                Arguments.of(
                        ImportFormat.TRL_PREFERENCE,
                        ("[\n{\"prompt\":\"" + "x".repeat(17 * 1024 * 1024) + "\"}]").getBytes(UTF_8),
                        "f:2 or after: is not valid JSON: a row is longer than 16 MiB"),
                Arguments.of(ImportFormat.TRL_PREFERENCE, "[{\"prompt\":\"p\"}".getBytes(UTF_8), "f:1 or after: "),
                Arguments.of(
                        ImportFormat.TRL_PREFERENCE,
                        java.util.Arrays.copyOf(packed, packed.length - 12),
                        "f cannot be read: Unexpected end of ZLIB input stream"));
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed)) {
            out.write(content);
        }
        return packed.toByteArray();
    }

    @Test
    void a_small_file_that_unpacks_to_very_much_is_not_read_to_its_end() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        byte[] zeros = new byte[1024 * 1024];
        try (OutputStream out = new GZIPOutputStream(packed)) {
            for (int i = 0; i < 256; i++) {
                out.write(zeros);
            }
        }
        assertThat(packed.size()).isLessThan(300_000);
        assertThatThrownBy(() -> read(ImportFormat.TRL_PREFERENCE, packed.toByteArray(), Map.of()))
                .isInstanceOf(ImportFailedException.class)
                .hasMessage("f cannot be read: it unpacks to more than 200 times its size, which no text does");
    }

    @ParameterizedTest
    @MethodSource
    void a_first_row_that_fits_nothing_is_described(String content, String message) {
        assertThatThrownBy(() -> detect(content))
                .isInstanceOf(ImportFailedException.class)
                .hasMessageStartingWith(message);
    }

    static Stream<Arguments> a_first_row_that_fits_nothing_is_described() {
        return Stream.of(
                Arguments.of("", "f is empty"),
                Arguments.of("\n\n  \n", "f is empty"),
                Arguments.of("[]", "f is an empty array"),
                Arguments.of("hello\n", "f:1 is neither JSON nor a heading of columns parted by commas, but 'hello'"),
                Arguments.of("{\"prompt\":\"p\",\"completion\":\"c\",\"label\":true}", "f:1 has one completion a row"),
                Arguments.of("{\"a\":1,\"b\":2}", "f:1 fits no known format: its keys are a, b; known formats are "),
                Arguments.of("{\"a\":", "f:1 is not valid JSON"));
    }

    @Test
    void a_heading_is_read_as_csv_too() {
        byte[] csv = "\uFEFF\"the \"\"prompt\"\", all of it\",chosen,\"re\njected\"\n".getBytes(UTF_8);
        assertThat(FormatDetector.columns(file(csv), "f"))
                .containsExactly("the \"prompt\", all of it", "chosen", "re\njected");
        assertThat(FormatDetector.columns(file("{\"a\":1}".getBytes(UTF_8)), "f"))
                .isEmpty();
    }
}
