package dev.tiebreak.rlhf.trainer;

import static dev.tiebreak.rlhf.trainer.TrainingMethod.DPO;
import static dev.tiebreak.rlhf.trainer.TrainingMethod.REWARD_MODEL;
import static dev.tiebreak.rlhf.trainer.TrainingMethod.SFT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import dev.tiebreak.rlhf.WrongInputException;
import dev.tiebreak.rlhf.data.PackingStrategy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ResumeTest {
    private static final String[] SETTINGS = {
        "num_train_epochs=2",
        "learning_rate=2e-3",
        "warmup_ratio=0.1",
        "logging_steps=3",
        "eval_steps=5",
        "save_steps=4",
        "weight_decay=0.01"
    };

    @TempDir
    Path folder;

    private SmallRun run;

    @BeforeEach
    void prepare() {
        run = new SmallRun(folder);
    }

    @ParameterizedTest
    @EnumSource(TrainingMethod.class)
    void a_cancelled_run_goes_on_to_the_rows_and_the_model_of_an_unbroken_one(TrainingMethod method)
            throws IOException {
        assertThat(run.train("unbroken", method, SETTINGS)).isTrue();
        List<JsonObject> expected = run.timelessMetrics("unbroken");
        // asked once per batch that is prepared or evaluated, and once per step: each falls at another place
        for (int asked : new int[] {1, 3, 14, 24, 33}) {
            String out = "after-" + asked;
            assertThat(run.train(out, method, SmallRun.afterAsking(asked), SETTINGS))
                    .isFalse();
            assertThat(run.status(out).get("state").getAsString()).isEqualTo("cancelled");
            assertThat(folder.resolve(out).resolve("model")).doesNotExist();

            assertThat(run.resume(out, method)).isTrue();
            assertThat(run.timelessMetrics(out))
                    .as("cancelled when asked %d times", asked)
                    .isEqualTo(expected);
            assertThat(folder.resolve(out).resolve("model/model.safetensors"))
                    .hasSameBinaryContentAs(folder.resolve("unbroken/model/model.safetensors"));
        }
    }

    @ParameterizedTest
    @EnumSource(TrainingMethod.class)
    void a_run_that_trains_an_adapter_goes_on_likewise(TrainingMethod method) throws IOException {
        String[] settings = adapterSettings("use_dora=true");
        assertThat(run.train("unbroken", method, settings)).isTrue();
        for (int asked : new int[] {3, 24}) {
            String out = "after-" + asked;
            assertThat(run.train(out, method, SmallRun.afterAsking(asked), settings))
                    .isFalse();
            assertThat(run.resume(out, method)).isTrue();
            assertThat(run.timelessMetrics(out)).isEqualTo(run.timelessMetrics("unbroken"));
            for (String file : List.of("adapter/adapter_model.safetensors", "model/model.safetensors")) {
                assertThat(folder.resolve(out).resolve(file))
                        .hasSameBinaryContentAs(folder.resolve("unbroken").resolve(file));
            }
        }
    }

    private static String[] adapterSettings(String... more) {
        return Stream.of(SETTINGS, new String[] {"use_peft=true", "lora_r=4"}, more)
                .flatMap(Stream::of)
                .toArray(String[]::new);
    }

    @Test
    void an_adapter_goes_on_only_with_the_base_that_it_began_with() throws IOException {
        assertThat(run.train("sft", SFT, SmallRun.afterAsking(24), adapterSettings()))
                .isFalse();
        assertThat(folder.resolve("sft/checkpoint-12/adapter_config.json")).exists();
        assertThat(folder.resolve("sft/checkpoint-12/config.json")).doesNotExist();
        Files.writeString(run.model.resolve("config.json"), "\n", StandardOpenOption.APPEND);
        assertThatThrownBy(() -> run.resume("sft", SFT))
                .isInstanceOf(WrongInputException.class)
                .hasMessage(run.model + " has changed since the run began; a run goes on only with its own model");
    }

    @Test
    void a_file_named_cancel_ends_the_run_with_a_checkpoint() throws IOException {
        boolean finished = run.train(
                "rm",
                REWARD_MODEL,
                () -> {
                    if (Files.exists(folder.resolve("rm/checkpoint-4"))) {
                        touch(folder.resolve("rm/cancel"));
                    }
                    return false;
                },
                SETTINGS);
        assertThat(finished).isFalse();
        assertThat(run.status("rm").get("step").getAsInt()).isEqualTo(4);
        assertThat(run.resume("rm", REWARD_MODEL)).isTrue(); // the file does not cancel it again
    }

    @Test
    void a_run_goes_on_only_with_what_it_began_with() throws IOException {
        run.train("rm", REWARD_MODEL, SmallRun.afterAsking(6), SETTINGS);
        assertThatThrownBy(() -> run.resume("rm", SFT))
                .isInstanceOf(WrongInputException.class)
                .hasMessage(folder.resolve("rm") + " holds a run of rm, not of sft");
        Files.writeString(run.heldOut, "\n", StandardOpenOption.APPEND);
        assertThatThrownBy(() -> run.resume("rm", REWARD_MODEL))
                .hasMessage(run.heldOut + " has changed since the run began; a run goes on only with its own rows");
        Files.writeString(run.data, "\n", StandardOpenOption.APPEND);
        assertThatThrownBy(() -> run.resume("rm", REWARD_MODEL))
                .hasMessage(run.data + " has changed since the run began; a run goes on only with its own rows");
        assertThatThrownBy(() -> run.resume("nothing", REWARD_MODEL))
                .hasMessage(folder.resolve("nothing") + " holds no run to resume: run.json is missing");
    }

    @Test
    void a_run_without_a_checkpoint_begins_anew_but_not_on_another_model() throws IOException {
        run.train("dpo", DPO, SmallRun.afterAsking(1), SETTINGS);
        assertThat(folder.resolve("dpo")).isDirectoryNotContaining("glob:**checkpoint*");
        Files.writeString(run.model.resolve("config.json"), " ", StandardOpenOption.APPEND);
        assertThatThrownBy(() -> run.resume("dpo", DPO))
                .hasMessage(run.model + " has changed since the run began; a run goes on only with its own model");
    }

    @Test
    void a_run_that_ends_within_an_epoch_goes_on_too() throws IOException {
        String[] settings = {"max_steps=5", "learning_rate=2e-3", "save_steps=2"};
        run.train("unbroken", DPO, settings);
        run.train("broken", DPO, SmallRun.afterAsking(12), settings);
        assertThat(run.status("broken").get("step").getAsInt()).isBetween(1, 4);
        assertThat(run.resume("broken", DPO)).isTrue(); // rows it never reaches have no reference
        assertThat(run.timelessMetrics("broken")).isEqualTo(run.timelessMetrics("unbroken"));
    }

    @ParameterizedTest
    @EnumSource(PackingStrategy.class)
    void a_run_on_packs_goes_on_too(PackingStrategy strategy) throws IOException {
        String[] settings = {
            "packing=true",
            "packing_strategy=" + strategy.setting(),
            "max_length=20", // some texts are longer
            "per_device_train_batch_size=2",
            "loss_type=dft",
            "num_train_epochs=2",
            "learning_rate=2e-3",
            "save_steps=5"
        };
        run.train("unbroken", SFT, settings);
        run.train("broken", SFT, SmallRun.afterAsking(19), settings);
        assertThat(run.status("broken").get("step").getAsInt()).isBetween(6, 30);
        assertThat(run.resume("broken", SFT)).isTrue();
        assertThat(run.timelessMetrics("broken")).isEqualTo(run.timelessMetrics("unbroken"));
    }

    @Test
    void a_finished_run_is_not_overwritten() throws IOException {
        run.train("rm", REWARD_MODEL, "max_steps=1");
        assertThatThrownBy(() -> run.train("rm", REWARD_MODEL, "max_steps=1"))
                .isInstanceOf(WrongInputException.class)
                .hasMessage(folder.resolve("rm")
                        + " holds a run already: choose another folder, or go on with it by --resume");
    }

    private static void touch(Path file) {
        try {
            Files.writeString(file, "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
