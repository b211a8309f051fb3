package dev.tiebreak.rlhf.trainer;

import static dev.tiebreak.rlhf.trainer.TrainingMethod.DPO;
import static dev.tiebreak.rlhf.trainer.TrainingMethod.REWARD_MODEL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiebreak.rlhf.WrongInputException;
import dev.tiebreak.rlhf.checkpoint.Dtype;
import dev.tiebreak.rlhf.checkpoint.FloatFormat;
import dev.tiebreak.rlhf.checkpoint.Safetensors;
import dev.tiebreak.rlhf.checkpoint.SafetensorsWriter;
import dev.tiebreak.rlhf.checkpoint.TensorInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFolderTest {
    @TempDir
    Path folder;

    private SmallRun run;

    @BeforeEach
    void prepare() {
        run = new SmallRun(folder);
    }

    @Test
    void what_is_wrong_with_the_input_is_said_in_one_line_and_stands_in_the_status() throws IOException {
        Path broken = Files.writeString(folder.resolve("broken.jsonl"), """
                {"prompt": "a", "chosen": "b", "rejected": "c"}
                {"prompt": "a", "chosen": "b"}
                """);
        assertRefused(inputs(run.model, broken), broken + ":2: 'rejected' is missing; the row has [prompt, chosen]");
        Path empty = Files.writeString(folder.resolve("empty.jsonl"), "");
        assertRefused(inputs(run.model, empty), empty + ": no row is left to train on; max_length may be too small");
        assertRefused(
                inputs(folder.resolve("nowhere"), run.data), folder.resolve("nowhere") + ": no such model folder");
        assertRefused(inputs(run.model, folder.resolve("no.jsonl")), folder.resolve("no.jsonl") + ": no such file");
        assertThatThrownBy(() -> SmallRun.settings(DPO, "learning_rte=1"))
                .isInstanceOf(WrongInputException.class)
                .hasMessageStartingWith("there is no setting 'learning_rte' of dpo; known are adam_beta1");
        assertThatThrownBy(() -> SmallRun.settings(DPO, "beta=-1")).hasMessageStartingWith("setting beta must be");

        assertThat(run.train("run", REWARD_MODEL, "max_steps=1")).isTrue(); // the folder was as good as new
    }

    private void assertRefused(Trainer.Inputs inputs, String message) throws IOException {
        assertThatThrownBy(() -> run.train("run", inputs, () -> false))
                .isInstanceOf(WrongInputException.class)
                .hasMessage(message);
        assertThat(run.status("run").get("state").getAsString()).isEqualTo("failed");
        assertThat(run.status("run").get("message").getAsString()).isEqualTo(message);
        assertThat(folder.resolve("run")).isDirectoryNotContaining("glob:**{checkpoint,model,metrics,part}*");
    }

    private static Trainer.Inputs inputs(Path model, Path data) {
        return new Trainer.Inputs(model, data, Optional.empty(), SmallRun.settings(DPO, "max_steps=1"));
    }

    @Test
    void numbers_that_are_not_finite_stop_the_run_and_name_the_tensor() throws IOException {
        String name = "model.layers.1.mlp.up_proj.weight";
        poison(name, Float.NaN);
        assertRefused(
                inputs(run.model, run.data),
                "the model cannot be trained: " + name + " holds numbers that are not finite");

        poison(name, 1e17f); // finite themselves, but not their product
        poison("model.layers.1.post_attention_layernorm.weight", 2e18f);
        assertThatThrownBy(() -> run.train("overflow", inputs(run.model, run.data), () -> false))
                .isInstanceOf(TrainingFailedException.class)
                .hasMessageMatching("step 1: the gradient of model\\.\\S+ is not finite; a lower learning_rate .*");
        assertThat(run.status("overflow").get("state").getAsString()).isEqualTo("failed");
        assertThat(run.status("overflow").get("total_steps").getAsInt()).isEqualTo(1);
        assertThat(folder.resolve("overflow/model")).doesNotExist();
    }

    /// Fills one tensor of the base model with a value.
    private void poison(String name, float value) throws IOException {
        Path file = run.model.resolve("model.safetensors");
        Path poisoned = folder.resolve("poisoned.safetensors");
        try (Safetensors weights = Safetensors.open(file)) {
            List<TensorInfo> layout =
                    weights.names().stream().map(weights::info).toList();
            try (SafetensorsWriter writer = SafetensorsWriter.create(poisoned, layout)) {
                for (TensorInfo tensor : layout) {
                    float[] values = weights.floats(tensor.name());
                    if (tensor.name().equals(name)) {
                        Arrays.fill(values, value);
                    }
                    writer.write(tensor.name(), FloatFormat.fromFloats(Dtype.F32, values));
                }
                writer.commit();
            }
        }
        Files.move(poisoned, file, StandardCopyOption.REPLACE_EXISTING);
    }

    @Test
    void two_processes_do_not_work_in_one_folder() {
        try (RunFolder _ = run.open("run")) {
            assertThatThrownBy(() -> run.open("run"))
                    .isInstanceOf(WrongInputException.class)
                    .hasMessage(folder.resolve("run") + " is in use: another process trains in it");
        }
        run.open("run").close();
    }

    @Test
    void what_a_killed_process_left_half_written_is_taken_away_or_put_back() throws IOException {
        Path half = Files.createDirectories(folder.resolve("run/.checkpoint-8.part"));
        Files.writeString(half.resolve("model.safetensors"), "half");
        Files.writeString(folder.resolve("run/.status.json.part"), "{");
        Path replaced = Files.createDirectories(folder.resolve("run/.model.old"));
        Files.writeString(replaced.resolve("config.json"), "{}");
        Files.createDirectories(folder.resolve("run/.checkpoint-4.old"));
        Files.createDirectories(folder.resolve("run/checkpoint-4"));
        Files.writeString(folder.resolve("run/run.json"), "{}");

        RunFolder.open(folder.resolve("run"), true, InstantSource.system()).close();

        try (var left = Files.list(folder.resolve("run"))) {
            assertThat(left.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("run.json", "checkpoint-4", "model", ".lock");
        }
        assertThat(folder.resolve("run/model/config.json")).exists();
    }

    @Test
    void only_two_checkpoints_are_kept() throws IOException {
        run.train("rm", REWARD_MODEL, "max_steps=9", "save_steps=2");
        try (var files = Files.list(folder.resolve("rm"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .filteredOn(name -> name.startsWith("checkpoint"))
                    .containsExactlyInAnyOrder("checkpoint-6", "checkpoint-8");
        }
    }

    @Test
    void a_row_cut_off_by_a_kill_is_forgotten_with_those_after_the_checkpoint() throws IOException {
        try (RunFolder open = run.open("run")) {
            Files.writeString(
                    folder.resolve("run/metrics.jsonl"), "{\"step\":1}\n{\"step\":2}\n{\"step\":3}\n{\"step\":4,\"lo");
            open.keepMetricsUpTo(2);
            assertThat(folder.resolve("run/metrics.jsonl")).hasContent("{\"step\":1}\n{\"step\":2}\n");
        }
    }
}
