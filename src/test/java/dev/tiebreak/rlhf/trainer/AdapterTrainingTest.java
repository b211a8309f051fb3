package dev.tiebreak.rlhf.trainer;

import static dev.tiebreak.rlhf.trainer.TrainingMethod.DPO;
import static dev.tiebreak.rlhf.trainer.TrainingMethod.REWARD_MODEL;
import static dev.tiebreak.rlhf.trainer.TrainingMethod.SFT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonParser;
import dev.tiebreak.rlhf.JsonFile;
import dev.tiebreak.rlhf.Torch;
import dev.tiebreak.rlhf.WrongInputException;
import dev.tiebreak.rlhf.checkpoint.Safetensors;
import dev.tiebreak.rlhf.model.ModelFolder;
import dev.tiebreak.rlhf.model.PackedSequences;
import dev.tiebreak.rlhf.torch.GradMode;
import dev.tiebreak.rlhf.torch.TensorScope;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdapterTrainingTest {
    private static final String[] LORA = {
        "use_peft=true", "lora_r=8", "lora_alpha=16", "learning_rate=2e-2", "num_train_epochs=3"
    };

    @TempDir
    Path folder;

    private SmallRun run;

    @BeforeEach
    void prepare() {
        run = new SmallRun(folder);
        Torch.RUNTIME.prepareThread();
    }

    @Test
    void a_policy_learns_through_its_adapter_alone_and_begins_at_its_reference() throws IOException {
        assertThat(run.train("dpo", DPO, LORA)).isTrue();
        assertThat(run.first("dpo", "loss")).isCloseTo(Math.log(2), within(1e-6));
        assertThat(run.last("dpo", "eval_rewards/accuracies")).isGreaterThan(0.9);
        try (Safetensors before = Safetensors.openFolder(run.model);
                Safetensors after = Safetensors.openFolder(folder.resolve("dpo/model"))) {
            for (String name : after.names()) {
                boolean same = after.data(name).equals(before.data(name));
                assertThat(same).as(name).isEqualTo(!name.contains("_proj"));
            }
        }
    }

    @Test
    void the_adapter_on_its_base_is_the_model_that_the_run_leaves() throws IOException {
        assertThat(run.train("sft", SFT, LORA)).isTrue();
        Path adapter = folder.resolve("sft/adapter");
        assertThat(ModelFolder.isAdapter(adapter)).isTrue();
        assertThat(JsonFile.read(adapter.resolve("adapter_config.json")).get("base_model_name_or_path"))
                .isEqualTo(JsonParser.parseString("\"" + run.model.toAbsolutePath() + "\""));
        assertThat(logits(adapter)).containsExactly(logits(folder.resolve("sft/model")), within(1e-4f));
    }

    @Test
    void a_reward_models_head_learns_beside_the_adapter_and_is_saved_with_it() throws IOException {
        assertThat(run.train("rm", REWARD_MODEL, LORA)).isTrue();
        assertThat(run.last("rm", "eval_accuracy")).isGreaterThan(0.9);
        Path adapter = folder.resolve("rm/adapter");
        assertThat(JsonFile.read(adapter.resolve("adapter_config.json"))
                        .get("task_type")
                        .getAsString())
                .isEqualTo("SEQ_CLS");
        try (Safetensors weights = Safetensors.open(adapter.resolve("adapter_model.safetensors"));
                Safetensors whole = Safetensors.openFolder(folder.resolve("rm/model"))) {
            assertThat(weights.data("base_model.model.score.weight")).isEqualTo(whole.data("score.weight"));
        }
        assertThat(run.train("short", REWARD_MODEL, "use_peft=true", "max_steps=1"))
                .isTrue();
        try (Safetensors one = Safetensors.openFolder(folder.resolve("short/model"));
                Safetensors many = Safetensors.openFolder(folder.resolve("rm/model"))) {
            assertThat(many.data("score.weight")).isNotEqualTo(one.data("score.weight"));
        }
    }

    @Test
    void training_goes_on_with_an_adapter_that_is_there_and_its_start_is_the_reference() throws IOException {
        assertThat(run.train("sft", SFT, LORA)).isTrue();
        Path adapter = folder.resolve("sft/adapter");
        assertThat(train("dpo", adapter, "learning_rate=1e-2", "num_train_epochs=2"))
                .isTrue();
        assertThat(run.first("dpo", "loss")).isCloseTo(Math.log(2), within(1e-6));
        assertThat(ModelFolder.isAdapter(folder.resolve("dpo/adapter"))).isTrue();
        assertThat(logits(folder.resolve("dpo/adapter"))).isNotEqualTo(logits(adapter));

        assertThatThrownBy(() -> train("twice", adapter, "use_peft=true"))
                .isInstanceOf(WrongInputException.class)
                .hasMessage(adapter + " is an adapter already: without use_peft its training goes on, and 'tiebreak"
                        + " convert' makes a whole model of it to begin another on");
    }

    @Test
    void settings_of_adapters_want_an_adapter() {
        assertThatThrownBy(() -> SmallRun.settings(DPO, "lora_r=8"))
                .isInstanceOf(WrongInputException.class)
                .hasMessage("setting lora_r is about adapters: use_peft=true trains one");
        TrainingSettings settings =
                SmallRun.settings(DPO, "use_peft=true", "lora_target_modules=q_proj,v_proj", "use_rslora=true");
        assertThat(TrainingSettings.of(DPO, settings.json())).isEqualTo(settings);
        assertThat(settings.lora().orElseThrow().targets()).isEqualTo(List.of("q_proj", "v_proj"));
    }

    private boolean train(String out, Path model, String... settings) throws IOException {
        return run.train(
                out,
                new Trainer.Inputs(model, run.data, Optional.empty(), SmallRun.settings(DPO, settings)),
                () -> false);
    }

    private static float[] logits(Path model) {
        PackedSequences packed = PackedSequences.of(List.of(new int[] {3, 5, 7, 9}));
        try (ModelFolder loaded = ModelFolder.load(Torch.RUNTIME, model);
                TensorScope scope = Torch.RUNTIME.scope().sub();
                GradMode _ = GradMode.off()) {
            return loaded.model().logits(scope, packed, packed.lastTokens());
        }
    }
}
