package dev.tiebreak.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.tiebreak.rlhf.TinyModel;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class WorkerTest {
    @TempDir
    Path folder;

    private Path model = Path.of("");
    private final PipedOutputStream requests = new PipedOutputStream();
    private final PipedInputStream answers = new PipedInputStream(1 << 16);
    private final BufferedReader lines = new BufferedReader(new InputStreamReader(answers, UTF_8));
    private Thread worker = new Thread();

    @BeforeEach
    void start() throws IOException {
        model = TinyModel.language(folder.resolve("model"), 1);
        Worker tested = new Worker(new PipedInputStream(requests, 1 << 16), new PipedOutputStream(answers));
        worker = Thread.ofPlatform().start(() -> {
            try {
                tested.run();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        JsonObject ready = next();
        assertThat(text(ready, "type")).isEqualTo("ready");
        assertThat(text(ready, "device")).isNotEmpty();
        assertThat(text(ready, "device_reason")).isNotEmpty();
    }

    @AfterEach
    void the_worker_ends_with_its_input() throws Exception {
        requests.close();
        worker.join();
    }

    @Test
    void a_prompt_is_answered_in_pieces_that_make_up_the_whole() throws IOException {
        send(generate("1", model, 30, 1));
        List<JsonObject> told = untilDone("1");
        JsonObject done = told.removeLast();
        assertThat(text(done, "text"))
                .isNotEmpty()
                .isEqualTo(told.stream().map(line -> text(line, "delta")).collect(Collectors.joining()));
        assertThat(told).allMatch(line -> text(line, "type").equals("text"));
        assertThat(done.get("tokens").getAsInt()).isBetween(1, 30);
        assertThat(text(done, "finish")).isIn("stop", "length");

        send(generate("2", model, 30, 1));
        assertThat(text(untilDone("2").getLast(), "text")).isEqualTo(text(done, "text"));
    }

    @Test
    void completions_are_scored_in_their_order() throws IOException {
        Path reward = TinyModel.reward(folder.resolve("reward"), model, 2);
        send(score("1", reward, "\"good\", \"a much longer bad answer\", \"good\""));
        var scores = untilDone("1").getLast().getAsJsonArray("scores");
        assertThat(scores).hasSize(3);
        assertThat(scores.get(0)).isEqualTo(scores.get(2)).isNotEqualTo(scores.get(1));
    }

    @Test
    void a_request_under_way_is_cancelled_at_once_and_so_is_one_that_waits() throws IOException {
        send(generate("long", model, 500, 3));
        send(generate("waiting", model, 500, 3));
        assertThat(text(next(), "type")).isEqualTo("text");
        send("{\"id\":\"c1\",\"op\":\"cancel\",\"of\":\"waiting\"}");
        send("{\"id\":\"c2\",\"op\":\"cancel\",\"of\":\"long\"}");
        send("{\"id\":\"c3\",\"op\":\"cancel\",\"of\":\"nobody\"}");
        assertThat(text(untilDone("long").getLast(), "type")).isEqualTo("cancelled");
        assertThat(untilDone("waiting"))
                .singleElement()
                .satisfies(line -> assertThat(text(line, "type")).isEqualTo("cancelled"));

        send(generate("long", model, 3, 3)); // the id is free again
        assertThat(text(untilDone("long").getLast(), "type")).isEqualTo("done");
    }

    @Test
    void what_cannot_be_done_is_said_in_one_line_and_the_worker_lives_on() throws IOException {
        send("nonsense");
        assertThat(error("null")).startsWith("is not valid JSON");
        send("{\"id\":\"1\",\"op\":\"sing\"}");
        assertThat(error("\"1\"")).isEqualTo("'op' must be generate, score or cancel, is sing");
        send("{\"id\":\"2\",\"op\":\"generate\",\"model\":\"" + model + "\"}");
        assertThat(error("\"2\"")).isEqualTo("'messages' is missing or is no list with something in it");
        send(generate("3", folder.resolve("nowhere"), 5, 1));
        assertThat(error("\"3\"")).isEqualTo(folder.resolve("nowhere") + ": no such model folder");
        send(generate("4", model, 5, 1).replace("Hello", "Hello ".repeat(400)));
        assertThat(error("\"4\""))
                .matches("the prompt has \\d+ tokens, but the model reads at most 512 and needs room to answer");
        send(score("5", model, "\"good\""));
        assertThat(error("\"5\"")).contains("is a language model, which has no score head");
        send(generate("6", model, 5, 1).replace("0.9", "7"));
        assertThat(error("\"6\"")).isEqualTo("'top_p' must be a number from 0.0 to 1.0, is 7");

        send(generate("7", model, 3, 1));
        assertThat(text(untilDone("7").getLast(), "type")).isEqualTo("done");
    }

    @Test
    void a_model_that_was_written_anew_is_loaded_anew() throws IOException {
        send(generate("1", model, 30, 1));
        String before = text(untilDone("1").getLast(), "text");
        TinyModel.language(model, 99);
        Files.setLastModifiedTime(
                model.resolve("model.safetensors"), FileTime.from(Instant.parse("2031-01-01T00:00:00Z")));
        send(generate("2", model, 30, 1));
        assertThat(text(untilDone("2").getLast(), "text")).isNotEqualTo(before);
    }

    @Test
    void more_models_than_are_kept_all_answer() throws IOException {
        for (int round = 0; round < 2; round++) {
            for (int seed = 1; seed <= 5; seed++) {
                Path other = folder.resolve("model-" + seed);
                send(generate(round + "-" + seed, round == 0 ? TinyModel.language(other, seed) : other, 3, 1));
                assertThat(text(untilDone(round + "-" + seed).getLast(), "type"))
                        .isEqualTo("done");
            }
        }
    }

    private static String generate(String id, Path model, int tokens, int seed) {
        return """
                {"id":"%s","op":"generate","model":"%s","messages":[{"role":"user","content":"Hello"}],\
                "max_new_tokens":%d,"temperature":1.2,"top_p":0.9,"top_k":0,"seed":%d}""".formatted(id, model, tokens, seed);
    }

    private static String score(String id, Path model, String completions) {
        return """
                {"id":"%s","op":"score","model":"%s","messages":[{"role":"user","content":"Hello"}],\
                "completions":[%s]}""".formatted(id, model, completions);
    }

    private void send(String line) throws IOException {
        requests.write((line + "\n").getBytes(UTF_8));
        requests.flush();
    }

    private JsonObject next() throws IOException {
        return JsonParser.parseString(lines.readLine()).getAsJsonObject();
    }

    private List<JsonObject> untilDone(String id) throws IOException {
        List<JsonObject> told = new ArrayList<>();
        do {
            told.add(next());
            assertThat(text(told.getLast(), "id")).isEqualTo(id);
        } while (text(told.getLast(), "type").equals("text"));
        return told;
    }

    private String error(String id) throws IOException {
        JsonObject line = next();
        assertThat(line.get("id")).hasToString(id);
        assertThat(text(line, "type")).isEqualTo("error");
        return text(line, "message");
    }

    private static String text(JsonObject line, String field) {
        return line.get(field).getAsString();
    }
}
