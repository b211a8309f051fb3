package dev.tiebreak.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.tiebreak.rlhf.TinyModel;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GenerateAndScoreTest {
    @TempDir
    Path folder;

    private String model = "";
    private String reward = "";
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void make_models() {
        Path language = TinyModel.language(folder.resolve("model"), 1);
        model = language.toString();
        reward = TinyModel.reward(folder.resolve("reward"), language, 2).toString();
    }

    @Test
    void a_prompt_is_continued_the_same_way_as_one_of_a_file() throws IOException {
        String prompts = file("{\"prompt\":[{\"role\":\"user\",\"content\":\"the cat\"}]}\n{\"prompt\":\"the dog\"}\n");
        assertThat(run("generate", "--model", model, "--prompts", prompts, "--json", "--max-new-tokens", "12"))
                .isZero();
        List<JsonObject> rows = json();
        assertThat(rows).hasSize(2);
        assertThat(rows)
                .allSatisfy(row -> assertThat(row.get("tokens").getAsInt()).isLessThanOrEqualTo(12));

        assertThat(run("generate", "--model", model, "--prompt", "the cat", "--max-new-tokens", "12"))
                .isZero();
        assertThat(out.toString()).isEqualTo(rows.getFirst().get("completion").getAsString() + System.lineSeparator());
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void preference_rows_get_two_scores_and_a_sum_total_that_follows_from_them() throws IOException {
        String pairs = file("""
                {"prompt":"the","chosen":" cat is here","rejected":" dog"}
                {"prompt":"the","chosen":" dog","rejected":" cat is here"}
                {"prompt":"the","chosen":" sun is there","rejected":" rain"}
                {"prompt":"the","completion":" rain"}
                """);
        assertThat(run("score", "--model", reward, "--data", pairs, "--json")).isZero();
        List<JsonObject> rows = json();
        assertThat(rows).hasSize(5);
        assertThat(number(rows.get(0), "chosen")).isCloseTo(number(rows.get(1), "rejected"), within(1e-5));
        assertThat(number(rows.get(3), "reward")).isCloseTo(number(rows.get(2), "rejected"), within(1e-5));
        JsonObject whole = rows.getLast();
        double[] margins = rows.stream()
                .limit(3)
                .mapToDouble(row -> number(row, "chosen") - number(row, "rejected"))
                .toArray();
        assertThat(whole.get("pairs").getAsInt()).isEqualTo(3);
        assertThat(number(whole, "mean_margin")).isCloseTo((margins[0] + margins[1] + margins[2]) / 3, within(1e-9));
        assertThat(number(whole, "accuracy"))
                .isCloseTo(Arrays.stream(margins).filter(m -> m > 0).count() / 3.0, within(1e-9));
    }

    @Test
    void rows_that_a_reward_model_cannot_score_are_named_and_counted() throws IOException {
        String rows = file("{\"text\":\"b\"}\n{\"prompt\":\"a\",\"completion\":\"" + "xyz ".repeat(300) + "\"}\n"
                + "{\"prompt\":\"the\",\"chosen\":\" cat\",\"rejected\":\" dog\"}\n");
        assertThat(run("score", "--model", reward, "--data", rows)).isZero();
        assertThat(out.toString()).contains("      2  not scored: longer than the model's context\n");
        assertThat(out.toString()).contains("2 of 3 rows scored, 1 too long").contains("of 1 pairs");
        assertThat(run("score", "--model", reward, "--data", rows, "--json")).isZero();
        assertThat(json().get(1).get("fate").getAsString()).isEqualTo("too_long");
        assertThat(number(json().getLast(), "scored")).isEqualTo(2);
    }

    @Test
    void wrong_input_is_said_in_one_line() throws IOException {
        assertThat(run("generate", "--model", reward, "--prompt", "x")).isEqualTo(2);
        assertThat(said()).isEqualTo(reward + " is a reward model, which scores completions and writes none");
        assertThat(run("generate", "--model", folder.resolve("no").toString(), "--prompt", "x"))
                .isEqualTo(2);
        assertThat(said()).isEqualTo(folder.resolve("no") + ": no such model folder");
        assertThat(run("generate", "--model", model, "--prompt", "x", "--temperature", "-1"))
                .isEqualTo(2);
        assertThat(said()).isEqualTo("temperature must be from 0 to 100, is -1.0");
        assertThat(run("generate", "--model", model, "--prompts", file("{\"prompt\":\"a\"}\n{\"text\":\"b\"}\n")))
                .isEqualTo(2);
        assertThat(said()).isEqualTo(folder.resolve("rows.jsonl") + ":2: 'prompt' is missing; the row has [text]");
        assertThat(run("score", "--model", reward, "--data", file("{\"prompt\":\"a\",\"chosen\":\"b\"}\n")))
                .isEqualTo(2);
        assertThat(said())
                .isEqualTo(folder.resolve("rows.jsonl") + ":1: 'rejected' is missing; the row has [prompt, chosen]");
        assertThat(run("score", "--model", reward, "--data", file("\n"))).isEqualTo(2);
        assertThat(said()).isEqualTo(folder.resolve("rows.jsonl") + " has no rows");
    }

    private int run(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return Main.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    private String said() {
        assertThat(err.toString().lines()).hasSize(1);
        return err.toString().strip().replaceFirst("^tiebreak: ", "");
    }

    private List<JsonObject> json() {
        return out.toString()
                .lines()
                .map(line -> JsonParser.parseString(line).getAsJsonObject())
                .toList();
    }

    private static double number(JsonObject row, String field) {
        return row.get(field).getAsDouble();
    }

    private String file(String rows) throws IOException {
        return Files.writeString(folder.resolve("rows.jsonl"), rows).toString();
    }
}
