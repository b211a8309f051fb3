package dev.tiebreak.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.tiebreak.rlhf.TinyModel;
import dev.tiebreak.rlhf.trainer.RunFolder;
import dev.tiebreak.rlhf.trainer.Trainer;
import dev.tiebreak.rlhf.trainer.TrainingMethod;
import dev.tiebreak.rlhf.trainer.TrainingSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScoreLogProbsTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-03-02T09:00:00Z"));
    private static final List<String> THINGS = List.of("cat", "dog", "sun", "rain", "here", "there");

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
    void log_probabilities_and_implicit_rewards_are_those_that_training_logs() throws IOException {
        Path pairs = pairs(20); // two batches, the second not full
        List<JsonObject> logged = train(TrainingMethod.DPO, pairs, "beta", "0.3", "max_length", "12");

        JsonObject before =
                scores("--data", pairs.toString(), "--max-length", "12").getLast();
        JsonObject first = logged.getFirst();
        for (String metric : List.of("logps/chosen", "logps/rejected")) {
            assertThat(number(before, metric)).isEqualTo(number(first, "eval_" + metric)); // to the last bit
        }

        String trained = folder.resolve("run/model").toString();
        List<JsonObject> rows = scores(
                trained, "--reference", model, "--beta", "0.3", "--data", pairs.toString(), "--max-length", "12");
        JsonObject after = rows.getLast();
        JsonObject last = logged.getLast();
        for (String metric : List.of(
                "logps/chosen",
                "logps/rejected",
                "rewards/chosen",
                "rewards/rejected",
                "rewards/accuracies",
                "rewards/margins")) {
            assertThat(number(after, metric)).as(metric).isCloseTo(number(last, "eval_" + metric), within(1e-12));
        }
        rows.removeLast();
        assertThat(mean(rows, row -> number(row, "chosen_reward") - number(row, "rejected_reward")))
                .isCloseTo(number(after, "rewards/margins"), within(1e-12));
        assertThat(mean(rows, row -> 0.3 * (number(row, "chosen_logps") - number(row, "ref_chosen_logps"))))
                .isCloseTo(number(after, "rewards/chosen"), within(1e-12));
    }

    @Test
    void an_adapter_beside_its_base_earns_what_its_training_logs() throws IOException {
        Path pairs = pairs(5);
        JsonObject last = train(TrainingMethod.DPO, pairs, "use_peft", "true").getLast();
        JsonObject whole = scores(
                        folder.resolve("run/adapter").toString(), "--reference", model, "--data", pairs.toString())
                .getLast();
        assertThat(number(last, "eval_rewards/margins")).isNotZero();
        assertThat(number(whole, "rewards/margins")).isCloseTo(number(last, "eval_rewards/margins"), within(1e-12));
    }

    @Test
    void the_mean_log_probability_of_texts_is_the_loss_of_supervised_fine_tuning() throws IOException {
        Path texts = Files.writeString(folder.resolve("texts.jsonl"), """
                {"prompt":"the cat","completion":" is good and here"}
                {"text":"the dog is there"}
                """);
        JsonObject first = train(TrainingMethod.SFT, texts).getFirst();
        List<JsonObject> rows = scores("--data", texts.toString());
        JsonObject whole = rows.getLast();
        assertThat(number(whole, "mean_logps")).isCloseTo(-number(first, "eval_loss"), within(1e-12));
        for (JsonObject row : rows.subList(0, 2)) {
            assertThat(number(row, "mean_logps"))
                    .isCloseTo(number(row, "logps") / number(row, "tokens"), within(1e-12));
        }
    }

    @Test
    void a_model_beside_itself_earns_nothing() throws IOException {
        Path pairs = pairs(3);
        JsonObject whole =
                scores("--reference", model, "--data", pairs.toString()).getLast();
        assertThat(number(whole, "rewards/margins")).isZero();
        assertThat(number(whole, "rewards/accuracies")).isZero(); // a tie is no agreement
        assertThat(number(whole, "beta")).isEqualTo(0.1);
    }

    @Test
    void people_get_a_table_of_at_most_80_columns() throws IOException {
        String pairs = pairs(2).toString();
        assertThat(run("--model", model, "--data", pairs, "--reference", model)).isZero();
        assertThat(out.toString().lines()).allMatch(line -> line.length() <= 80);
        assertThat(out.toString()).startsWith("    row     chosen  reference   reward   rejected  reference   reward");
        assertThat(out.toString()).contains("2 of 2 rows scored\n").contains("(2 pairs)");
        assertThat(run("--model", model, "--data", pairs)).isZero();
        assertThat(out.toString())
                .startsWith("    row      chosen  per token  tokens    rejected  per token  tokens\n");
    }

    @Test
    void rows_that_are_too_long_are_named_and_counted_and_the_rest_is_scored() throws IOException {
        Path rows = Files.writeString(folder.resolve("rows.jsonl"), """
                {"prompt":"the cat","chosen":" is","rejected":" here"}
                {"prompt":"the cat the cat the cat","chosen":" is","rejected":" here"}
                {"prompt":"the","completion":" cat is"}
                """);
        List<JsonObject> scored = scores("--data", rows.toString(), "--max-length", "6");
        assertThat(scored.get(1)).isEqualTo(JsonParser.parseString("{\"row\":2,\"fate\":\"too_long\"}"));
        assertThat(scored.get(2).has("logps")).isTrue();
        assertThat(number(scored.getLast(), "scored")).isEqualTo(2);
        assertThat(number(scored.getLast(), "too_long")).isOne();
    }

    @Test
    void scores_go_into_a_file_that_appears_whole_or_not_at_all() throws IOException {
        Path rows = pairs(3);
        Path file = folder.resolve("scores.jsonl");
        assertThat(run("--model", model, "--data", rows.toString(), "--out", file.toString(), "--json"))
                .isZero();
        assertThat(Files.readAllLines(file)).hasSize(3);
        assertThat(out.toString().lines()).hasSize(1);
        Files.delete(file);
        Files.writeString(rows, Files.readString(rows) + "{\"prompt\":\"x\"}\n");
        assertThat(run("--model", model, "--data", rows.toString(), "--out", file.toString()))
                .isEqualTo(2);
        assertThat(folder).isDirectoryNotContaining("glob:**scores*");
    }

    @Test
    void wrong_input_is_said_in_one_line() throws IOException {
        String pairs = pairs(1).toString();
        String reward =
                TinyModel.reward(folder.resolve("reward"), Path.of(model), 2).toString();
        assertThat(refused("--model", model, "--data", pairs, "--beta", "0.2"))
                .isEqualTo("--beta weighs rewards, which need a --reference");
        assertThat(refused("--model", model, "--data", pairs, "--reference", model, "--beta", "0"))
                .isEqualTo("--beta must be above 0, is 0.0");
        assertThat(refused("--model", reward, "--data", pairs, "--reference", model))
                .isEqualTo(reward + " is a reward model, which scores without a --reference");
        assertThat(refused("--model", model, "--data", pairs, "--reference", reward))
                .isEqualTo(reward + " is a reward model, which has no log-probabilities of tokens");
        assertThat(refused("--model", model, "--data", pairs, "--out", folder.toString()))
                .isEqualTo("cannot write " + folder + ": it is a folder");
        Path text = Files.writeString(folder.resolve("text.jsonl"), "{\"text\": \"the the\"}\n");
        String other = folder.resolve("other").toString();
        Main.commandLine().execute("new-model", "--data", text.toString(), "--vocab-size", "262", "--out", other);
        assertThat(refused("--model", model, "--data", pairs, "--reference", other))
                .isEqualTo(pairs + ": row 1: the reference reads it as other tokens than the model");
    }

    private String refused(String... arguments) {
        assertThat(run(arguments)).isEqualTo(2);
        assertThat(err.toString().lines()).hasSize(1);
        return err.toString().strip().replaceFirst("^tiebreak: ", "");
    }

    private List<JsonObject> train(TrainingMethod method, Path rows, String... settings) throws IOException {
        Map<String, String> chosen = new java.util.LinkedHashMap<>(Map.of("learning_rate", "1e-3", "max_steps", "4"));
        for (int i = 0; i < settings.length; i += 2) {
            chosen.put(settings[i], settings[i + 1]);
        }
        try (RunFolder run = RunFolder.open(folder.resolve("run"), false, CLOCK)) {
            new Trainer(run, _ -> {}, () -> false)
                    .train(new Trainer.Inputs(
                            Path.of(model), rows, Optional.of(rows), TrainingSettings.of(method, chosen)));
        }
        return Files.readAllLines(folder.resolve("run/metrics.jsonl")).stream()
                .map(line -> JsonParser.parseString(line).getAsJsonObject())
                .filter(row -> row.has("eval_loss"))
                .toList();
    }

    private Path pairs(int count) throws IOException {
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < count; i++) {
            JsonObject row = new JsonObject();
            row.addProperty("prompt", "the " + thing(i) + " is");
            row.addProperty("chosen", " good " + thing(i + 1));
            row.addProperty("rejected", " bad " + thing(i * i) + " " + thing(i + 2));
            rows.append(row).append('\n');
        }
        return Files.writeString(folder.resolve("pairs.jsonl"), rows);
    }

    private static String thing(int i) {
        return THINGS.get(i % THINGS.size());
    }

    private List<JsonObject> scores(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        if (!all.getFirst().startsWith("--")) {
            all.addFirst("--model");
        } else {
            all.addAll(List.of("--model", model));
        }
        all.add("--json");
        assertThat(run(all.toArray(String[]::new))).as(err.toString()).isZero();
        return new ArrayList<>(out.toString()
                .lines()
                .map(line -> JsonParser.parseString(line).getAsJsonObject())
                .toList());
    }

    private int run(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        List<String> all = new ArrayList<>(List.of("score"));
        all.addAll(List.of(arguments));
        return Main.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err, true))
                .execute(all.toArray(String[]::new));
    }

    private static double mean(List<JsonObject> rows, ToDoubleFunction<JsonObject> value) {
        return rows.stream().mapToDouble(value).average().orElseThrow();
    }

    private static double number(JsonObject row, String field) {
        return row.get(field).getAsDouble();
    }
}
