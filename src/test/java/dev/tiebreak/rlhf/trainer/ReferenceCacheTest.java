package dev.tiebreak.rlhf.trainer;

import static dev.tiebreak.rlhf.trainer.TrainingMethod.DPO;
import static dev.tiebreak.rlhf.trainer.TrainingMethod.KTO;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.tiebreak.rlhf.JsonFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReferenceCacheTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-03-02T09:00:00Z"));
    private static final String[] FEW = {"max_steps=3", "learning_rate=1e-3"};

    @TempDir
    Path folder;

    private SmallRun run;
    private Path cache;

    @BeforeEach
    void prepare() {
        run = new SmallRun(folder);
        cache = folder.resolve("cache");
    }

    @ParameterizedTest
    @EnumSource(names = {"DPO", "KTO"})
    void a_run_that_finds_what_another_kept_logs_what_it_would_have_logged_alone(TrainingMethod method)
            throws IOException {
        assertThat(run.train("alone", method, FEW)).isTrue();
        train("first", method, FEW);
        assertThat(kept()).hasSize(1);
        train("second", method, FEW);
        train("other-beta", method, "max_steps=3", "learning_rate=1e-3", "beta=0.7");

        assertThat(kept()).hasSize(1);
        for (String out : List.of("first", "second")) {
            assertThat(run.timelessMetrics(out)).isEqualTo(run.timelessMetrics("alone"));
        }
        assertThat(run.first("other-beta", "loss")).isEqualTo(run.first("alone", "loss"));
    }

    @Test
    void other_batches_other_tokens_and_another_model_are_other_keys() throws IOException {
        train("first", DPO, FEW);
        train("seed", DPO, "max_steps=3", "seed=7");
        assertThat(kept()).hasSize(2);
        train("short", DPO, "max_steps=3", "max_length=12");
        assertThat(kept()).hasSize(3);
        train("tail", DPO, "max_steps=3", "ld_alpha=0.5");
        assertThat(kept()).hasSize(4);
        train("kto", KTO, FEW);
        assertThat(kept()).hasSize(5);
        Files.writeString(run.model.resolve("generation_config.json"), "{}");
        train("model", DPO, FEW);
        assertThat(kept()).hasSize(6);
    }

    @Test
    void what_the_model_no_longer_says_is_computed_anew() throws IOException {
        train("first", DPO, FEW);
        Path file = kept().getFirst();
        JsonObject right = JsonFile.read(file);
        JsonObject wrong = right.deepCopy();
        for (var row : wrong.getAsJsonArray("train")) {
            if (row.isJsonArray()) {
                row.getAsJsonArray().set(0, new com.google.gson.JsonPrimitive(-3.5));
            }
        }
        for (String text :
                List.of(wrong.toString(), "{}", "{\"train\": [], \"held_out\": []}", "not JSON", holed(right))) {
            Files.writeString(file, text);
            train("again-" + text.length(), DPO, FEW);
            assertThat(run.timelessMetrics("again-" + text.length())).isEqualTo(run.timelessMetrics("first"));
            assertThat(JsonFile.read(file)).isEqualTo(right);
        }
    }

    private static String holed(JsonObject right) {
        JsonObject holed = right.deepCopy();
        for (int i = 0; i < holed.getAsJsonArray("train").size(); i++) {
            holed.getAsJsonArray("train").set(i, com.google.gson.JsonNull.INSTANCE);
        }
        return holed.toString();
    }

    @Test
    void a_cache_that_cannot_be_written_does_not_end_the_run() throws IOException {
        Files.writeString(cache, "a file where the folder should be");
        train("run", DPO, FEW);
        assertThat(run.status("run").get("state").getAsString()).isEqualTo("finished");
    }

    @Test
    void row_norms_are_another_key() throws IOException {
        train("lora", DPO, "max_steps=2", "use_peft=true");
        train("dora", DPO, "max_steps=2", "use_peft=true", "use_dora=true");
        assertThat(kept()).hasSize(2);
        assertThat(run.first("dora", "rewards/accuracies")).isZero();
    }

    @Test
    void the_latest_asked_for_are_kept() throws IOException {
        Instant start = CLOCK.instant();
        for (int n = 0; n < 40; n++) {
            at(start.plus(Duration.ofMinutes(n))).put(name(n), new JsonObject());
            if (n == 20) {
                assertThat(at(start.plus(Duration.ofHours(9))).find(name(3))).isPresent();
            }
        }
        assertThat(kept()).hasSize(32);
        assertThat(at(start).find(name(3))).isPresent();
        assertThat(at(start).find(name(4))).isEmpty();
        assertThat(at(start).find(name(39))).isPresent();
    }

    private ReferenceCache at(Instant now) {
        return new ReferenceCache(cache, Clock.fixed(now, ZoneOffset.UTC));
    }

    private static String name(int n) {
        return "%064x".formatted(n);
    }

    private List<Path> kept() throws IOException {
        try (Stream<Path> files = Files.list(cache)) {
            return files.toList();
        }
    }

    private void train(String out, TrainingMethod method, String... settings) {
        try (RunFolder into = RunFolder.open(folder.resolve(out), false, CLOCK)) {
            var inputs = new Trainer.Inputs(
                    run.model, run.data, Optional.of(run.heldOut), SmallRun.settings(method, settings));
            new Trainer(into, _ -> {}, () -> false, Optional.of(new ReferenceCache(cache, CLOCK))).train(inputs);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
