package dev.tiebreak.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.tiebreak.rlhf.TinyModel;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenizeCommandTest {
    private static final Gson JSON = new Gson();
    private static final int IGNORED = -100;

    @TempDir
    Path folder;

    private String model = "";
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void make_model() {
        model = TinyModel.language(folder.resolve("model"), 1).toString();
    }

    @Test
    void a_row_shows_prompt_and_learnt_tokens_with_ids_blanks_and_special_tokens() throws IOException {
        show("--data", file("{\"prompt\":\"the cat\",\"completion\":\" is the cat\\n the\"}"), "--max-length", "7");
        assertThat(out.toString()).isEqualToNormalizingNewlines("""
                row 1: kept, cut at 7 tokens
                 prompt, 2 tokens, read
                      260 the            276 ·cat
                 completion, 5 tokens, learnt
                      274 ·is            261 ·the           276 ·cat           201 ↵
                      261 ·the
                 completion, 1 token, cut off
                        1 «<|im_end|>»

                rows.jsonl, up to 7 tokens a sequence
                  1 of 1 rows, 7 tokens
                  1 cut to length
                tokens                       p50     p95     max
                prompt                         2       2       2
                completion                     6       6       6
                prompt + completion            8       8       8
                """);
    }

    @Test
    void of_conversations_only_what_assistants_say_can_be_learnt() throws IOException {
        show(
                "--data",
                file("{\"messages\":[{\"role\":\"user\",\"content\":\"the cat\"},"
                        + "{\"role\":\"assistant\",\"content\":\"is\"}]}"),
                "--set",
                "assistant_only_loss=true");
        assertThat(out.toString()).contains("""
                 completion, 3 tokens, learnt
                      262 is               1 «<|im_end|>»                      201 ↵
                """.stripTrailing()).contains(" completion, 20 tokens, not learnt\n");
    }

    @Test
    void labels_say_what_is_learnt_and_tokens_read_as_the_text() throws IOException {
        JsonObject row = json("--data", file("{\"prompt\":\"the cat\",\"completion\":\" is good\"}"))
                .getFirst();
        assertThat(texts(row, "prompt_tokens")).isEqualTo("the cat");
        assertThat(texts(row, "completion_tokens")).isEqualTo(" is good<|im_end|>");
        assertThat(row.get("fate").getAsString()).isEqualTo("kept");
        int[] completion = ints(row, "completion_ids");
        int[] labels = ints(row, "completion_labels");
        int prompt = ints(row, "prompt_ids").length;
        assertThat(Arrays.copyOf(labels, prompt)).containsOnly(IGNORED);
        assertThat(Arrays.copyOfRange(labels, prompt, labels.length)).isEqualTo(completion);
        assertThat(row.get("completion_boundary_merge").isJsonNull()).isTrue();
    }

    @Test
    void a_token_across_the_end_of_the_prompt_is_shown_and_learnt() throws IOException {
        String rows = file("{\"prompt\":\"the ca\",\"chosen\":\"t is good\",\"rejected\":\"ke\"}");
        List<JsonObject> shown = json("--method", "dpo", "--data", rows);
        JsonObject merge = shown.getFirst().getAsJsonObject("chosen_boundary_merge");
        assertThat(merge.get("spanning_token").getAsString()).isEqualTo(" cat");
        assertThat(texts(merge, "alone_tokens")).isEqualTo(" ca");
        assertThat(texts(merge, "followed_tokens")).isEqualTo(" cat");
        assertThat(texts(shown.getFirst(), "prompt_tokens")).isEqualTo("the");
        assertThat(texts(shown.getFirst(), "chosen_tokens")).isEqualTo(" cat is good<|im_end|>");
        assertThat(texts(shown.getFirst(), "rejected_tokens")).isEqualTo(" cake<|im_end|>");
        assertThat(merge.get("at").getAsInt()).isOne();
        assertThat(shown.getFirst().get("rejected_boundary_merge").isJsonNull()).isTrue();
        assertThat(shown.getLast().get("boundary_merges").getAsInt()).isOne();

        show("--method", "dpo", "--data", rows);
        assertThat(out.toString()).contains(" ! a token spans the end of the prompt: ·cat\n");
    }

    @Test
    void what_is_cut_or_dropped_is_said() throws IOException {
        String rows = file("""
                {"prompt":"the cat","completion":" is the cat is the cat"}
                {"prompt":"the cat is here the cat is here","completion":" the"}
                """);
        List<JsonObject> shown = json("--data", rows, "--max-length", "5");
        JsonObject cut = shown.get(0);
        assertThat(cut.get("fate").getAsString()).isEqualTo("cut");
        assertThat(texts(cut, "completion_tokens")).isEqualTo(" is the cat");
        assertThat(ints(cut, "completion_cut_ids")).hasSize(4);
        assertThat(shown.get(1).get("fate").getAsString()).isEqualTo("too_long");
        assertThat(ints(shown.get(1), "completion_labels")).containsOnly(IGNORED);
        JsonObject whole = shown.getLast();
        assertThat(whole.get("rows").getAsInt()).isEqualTo(2);
        assertThat(whole.get("cut").getAsInt()).isOne();
        assertThat(whole.get("too_long").getAsInt()).isOne();
        assertThat(whole.getAsJsonObject("lengths").getAsJsonObject("completion"))
                .isEqualTo(JsonParser.parseString("{\"p50\":2,\"p95\":7,\"max\":7}"));

        show("--data", rows, "--max-length", "5");
        assertThat(out.toString())
                .contains("row 1: kept, cut at 5 tokens\n")
                .contains(" completion, 4 tokens, cut off\n")
                .contains("row 2: dropped, too long for 5 tokens\n");
    }

    @Test
    void every_method_shows_its_own_rows() throws IOException {
        String pairs = file("{\"prompt\":\"the\",\"chosen\":\" cat is good\",\"rejected\":\" dog\"}");
        JsonObject dpo = json("--method", "dpo", "--data", pairs).getFirst();
        assertThat(ints(dpo, "chosen_labels")[0]).isEqualTo(IGNORED);
        JsonObject orpo = json("--method", "orpo", "--data", pairs).getFirst();
        assertThat(ints(orpo, "rejected_labels")).isEqualTo(ints(dpo, "rejected_labels"));
        JsonObject rm = json("--method", "rm", "--data", pairs).getFirst();
        assertThat(rm.has("chosen_labels")).isFalse();
        assertThat(rm.get("chosen_scored_at").getAsInt()).isEqualTo(ints(dpo, "chosen_ids").length);
        List<JsonObject> kto = json("--method", "kto", "--data", pairs);
        assertThat(kto).hasSize(3); // two rows of one pair, and the whole
        assertThat(ints(kto.get(1), "completion_ids")).isEqualTo(ints(dpo, "rejected_ids"));
        String ranked = file("{\"prompt\":\"the\",\"completions\":[\" cat\",\" dog\"]}");
        JsonObject row = json("--method", "rm", "--set", "loss_type=k_wise", "--data", ranked)
                .getFirst();
        assertThat(texts(row, "completion_2_tokens")).isEqualTo(" dog<|im_end|>");
    }

    @Test
    void an_adapter_reads_rows_as_its_base_does() throws IOException {
        String rows = file("{\"prompt\":\"the cat\",\"completion\":\" is good\"}");
        Main.commandLine()
                .execute(
                        "train",
                        "sft",
                        "--model",
                        model,
                        "--data",
                        rows,
                        "--out",
                        folder.resolve("run").toString(),
                        "--set",
                        "use_peft=true",
                        "--set",
                        "max_steps=1");
        List<JsonObject> base = json("--data", rows);
        model = folder.resolve("run/adapter").toString();
        assertThat(json("--data", rows)).isEqualTo(base);
    }

    @Test
    void hostile_text_does_not_reach_the_terminal_and_lines_fit_into_80_columns() throws IOException {
        show(
                "--data",
                file("{\"text\":\"\\u001b[2Jthe\\u202ecat \\u0007 caf\\u00e9 "
                        + "the cat the dog the sun the rain is here is there ".repeat(4) + "\"}"));
        assertThat(out.toString()).doesNotContain("\u001b", "\u202e", "\u0007");
        assertThat(out.toString()).contains("\\u{1B}").contains("\\xC3").contains("\\xA9");
        assertThat(out.toString().lines()).allMatch(line -> line.length() <= 80);
    }

    @Test
    void blanks_are_signs_and_what_steers_a_terminal_is_its_code() {
        assertThat(TokenGrid.visible(" a\tb\n")).isEqualTo("·a⇥b↵");
        assertThat(TokenGrid.visible("\u001b[0m\u202e\u200b\u00a0\ue000"))
                .isEqualTo("\\u{1B}[0m\\u{202E}\\u{200B}\\u{A0}\\u{E000}");
        assertThat(TokenGrid.visible("é漢😀")).isEqualTo("é漢😀");
    }

    @Test
    void the_rows_shown_are_chosen_and_the_summary_is_of_all() throws IOException {
        String rows = file("{\"text\":\"the cat\"}\n".repeat(7));
        assertThat(numbers("--data", rows)).containsExactly(1, 2, 3, 4, 5);
        assertThat(numbers("--data", rows, "--rows", "3")).containsExactly(3);
        assertThat(numbers("--data", rows, "--rows", "6-")).containsExactly(6, 7);
        assertThat(numbers("--data", rows, "--rows", "all")).hasSize(7);
        assertThat(json("--data", rows, "--rows", "9").getLast().get("rows").getAsInt())
                .isEqualTo(7);
    }

    @Test
    void wrong_input_is_said_in_one_line() throws IOException {
        String pairs = file("{\"prompt\":\"the\",\"chosen\":\" cat\",\"rejected\":\" dog\"}");
        assertThat(refused("--data", pairs))
                .isEqualTo(pairs + ":1: the row looks like one of the preference rows that dpo and rm take: it has"
                        + " [prompt, chosen, rejected]; expected texts with text, messages, or prompt and completion");
        assertThat(refused("--data", pairs, "--method", "ppo")).startsWith("there is no method 'ppo'; known are sft");
        assertThat(refused("--data", pairs, "--method", "dpo", "--max-length", "1"))
                .isEqualTo("setting max_length must be a whole number from 2 to 10000000, is '1'");
        assertThat(refused("--data", pairs, "--rows", "0"))
                .isEqualTo("Invalid value for option '--rows': '0' holds no row: rows are counted from 1");
        assertThat(refused("--data", file("\n"))).isEqualTo(folder.resolve("rows.jsonl") + " has no rows");
        assertThat(refused("--data", file("a,b\n1,2\n"))).contains("rows.jsonl: is CSV; expected JSONL");
    }

    private List<Integer> numbers(String... arguments) {
        List<JsonObject> rows = json(arguments);
        return rows.subList(0, rows.size() - 1).stream()
                .map(row -> row.get("row").getAsInt())
                .toList();
    }

    private List<JsonObject> json(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--json");
        show(all.toArray(String[]::new));
        return out.toString()
                .lines()
                .map(line -> JsonParser.parseString(line).getAsJsonObject())
                .toList();
    }

    private void show(String... arguments) {
        assertThat(run(arguments)).as(err.toString()).isZero();
        assertThat(err.toString()).isEmpty();
    }

    private String refused(String... arguments) {
        assertThat(run(arguments)).isEqualTo(2);
        assertThat(err.toString().lines()).hasSize(1);
        assertThat(out.toString()).isEmpty();
        return err.toString().strip().replaceFirst("^tiebreak: ", "");
    }

    private int run(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        List<String> all = new ArrayList<>(List.of("tokenize", "--model", model));
        all.addAll(List.of(arguments));
        return Main.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err, true))
                .execute(all.toArray(String[]::new));
    }

    private static String texts(JsonObject row, String field) {
        StringBuilder text = new StringBuilder();
        for (JsonElement each : row.getAsJsonArray(field)) {
            text.append(each.getAsString());
        }
        return text.toString();
    }

    private static int[] ints(JsonObject row, String field) {
        return JSON.fromJson(row.get(field), int[].class);
    }

    private String file(String rows) throws IOException {
        return Files.writeString(folder.resolve("rows.jsonl"), rows).toString();
    }
}
