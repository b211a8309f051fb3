package dev.tiebreak.rlhf.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tiebreak.rlhf.WrongInputException;
import dev.tiebreak.rlhf.model.ModelConfig;
import dev.tiebreak.rlhf.model.ModelSize;
import dev.tiebreak.rlhf.model.PackedSequences;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `MemoryPeakTest` holds the forecast to what processes take.
class MemoryForecastTest {
    private static final ModelSize MODEL = new ModelSize(35_348_480, ModelConfig.small(19_615, 512, 8, 8, 8, 1024));
    private static final StepLoad LOAD = StepLoad.ofPairs(8, 100, 50, 50);

    @TempDir
    Path folder;

    @Test
    void weights_take_sixteen_bytes_each_where_all_learn_and_four_beside_an_adapter() {
        MemoryForecast all = MemoryForecast.of(MODEL, settings(), LOAD);
        // float32: the weight; its gradient and two averages
        assertThat(all.weights()).isEqualTo(4 * 35_348_480L);
        assertThat(all.training()).isEqualTo(12 * 35_348_480L);
        MemoryForecast adapter = MemoryForecast.of(MODEL, settings("use_peft=true", "lora_r=4"), LOAD);
        assertThat(adapter.weights()).isEqualTo(all.weights());
        // 8 layers, rank 4: four projections of 512 + 512, three of 512 + 1376; the adapter itself is the fourth float
        assertThat(adapter.training()).isEqualTo(16 * 8 * 4 * (4 * 1024 + 3 * 1888L));
    }

    @Test
    void a_load_counts_shared_beginnings_once_and_what_attention_sees_of_them_for_each() {
        int[] prompt = {1, 2, 3};
        PackedSequences packed = PackedSequences.of(
                List.of(new int[] {1, 2, 3, 4, 5}, new int[] {1, 2, 3, 6}, prompt),
                new int[] {0, 0, 0},
                new int[] {0, 3, 0});
        // 5·5 + 1·4 + 3·3
        assertThat(StepLoad.of(packed)).isEqualTo(new StepLoad(9, 3, 38, 4, 25));
    }

    @Test
    void a_load_of_pairs_is_that_of_their_pack() {
        int[] prompt = IntStream.range(0, 7).toArray();
        int[] chosen = IntStream.range(0, 12).toArray();
        int[] rejected = IntStream.range(0, 9).toArray();
        PackedSequences packed = PackedSequences.of(
                List.of(chosen, chosen, rejected, rejected), new int[] {0, 1, 0, 1}, new int[] {0, 0, 7, 7});
        assertThat(StepLoad.ofPairs(2, prompt.length, 5, 2)).isEqualTo(StepLoad.of(packed));
    }

    @Test
    void running_layers_again_keeps_one_vector_a_token_and_layer_and_the_insides_of_one_layer() {
        double kept = MODEL.config().family().keptPerToken(MODEL.config());
        assertThat(kept).isEqualTo(11 * 512 + 4 * 1376.0);
        StepLoad load = new StepLoad(100_000, 0, 0, 0, 0); // so many that the head's part does not show
        long whole = MemoryForecast.of(MODEL, settings(), load).step();
        long again = MemoryForecast.of(MODEL, settings("gradient_checkpointing=true"), load)
                .step();
        assertThat((double) whole - again).isCloseTo(4 * 100_000 * (7 * kept - 10 * 512), within(1.0));
    }

    @Test
    void a_run_that_fits_may_begin_and_one_that_does_not_hears_what_would_make_it_fit() {
        MemoryCheck check = new MemoryCheck(MODEL, MODEL.weights(), settings(), LOAD);
        long needed = check.forecast().total();
        check.require(needed);
        assertRefused(check, needed - 1, "set gradient_checkpointing=true;");
        long again = new MemoryCheck(MODEL, MODEL.weights(), settings("gradient_checkpointing=true"), LOAD)
                .forecast()
                .total();
        assertRefused(check, again - 1, "per_device_train_batch_size=");
        assertRefused(check, 1, "train an adapter (use_peft=true) or choose a smaller model");
        MemoryCheck adapter = new MemoryCheck(MODEL, 1000, settings("use_peft=true"), LOAD);
        assertRefused(adapter, 1, "choose a smaller model");
    }

    @Test
    void a_smaller_batch_is_suggested_with_the_accumulation_that_makes_up_for_it() {
        StepLoad load = StepLoad.ofPairs(8, 1000, 500, 500);
        MemoryCheck check = new MemoryCheck(MODEL, MODEL.weights(), settings("gradient_checkpointing=true"), load);
        long half = new MemoryCheck(MODEL, MODEL.weights(), settings("gradient_checkpointing=true"), load.times(0.5))
                .forecast()
                .total();
        assertRefused(check, half, "set per_device_train_batch_size=4 and gradient_accumulation_steps=2;");
    }

    @Test
    void what_is_suggested_to_kto_is_what_kto_takes() {
        MemoryCheck check = new MemoryCheck(
                MODEL,
                MODEL.weights(),
                TrainingSettings.of(TrainingMethod.KTO, Map.of("gradient_checkpointing", "true")),
                StepLoad.ofPairs(8, 1000, 500, 500));
        MemoryCheck two = new MemoryCheck(
                MODEL, MODEL.weights(), check.settings(), check.load().times(0.25));
        assertRefused(
                check, two.forecast().total(), "set per_device_train_batch_size=2 and gradient_accumulation_steps=4;");
        assertRefused(check, two.forecast().total() - 1, "per_device_train_batch_size=2 and max_length=");
    }

    private static void assertRefused(MemoryCheck check, long room, String remedy) {
        assertThatThrownBy(() -> check.require(room))
                .isInstanceOf(WrongInputException.class)
                .hasMessageContaining(remedy)
                .hasMessageContaining("--ignore-memory");
    }

    @Test
    void a_container_has_what_the_tightest_of_its_groups_leaves() throws IOException {
        write("memory.max", "max");
        write("memory.current", "1000");
        write("outer/memory.max", "900");
        write("outer/memory.current", "500");
        write("outer/memory.stat", "anon 400\ninactive_file 60\nactive_file 40");
        write("outer/inner/memory.max", "700");
        write("outer/inner/memory.current", "100");
        Path owner = write("owner", "0::/outer/inner");
        assertThat(ContainerMemory.left(folder, owner)).hasValue(900 - 500 + 60);
    }

    @Test
    void older_control_groups_are_understood() throws IOException {
        write("memory/docker/memory.limit_in_bytes", "900");
        write("memory/docker/memory.usage_in_bytes", "300");
        write("memory/memory.limit_in_bytes", "9223372036854771712"); // how no limit is written
        write("memory/memory.usage_in_bytes", "300");
        Path owner = write("owner", "5:cpu:/docker\n4:memory:/docker");
        assertThat(ContainerMemory.left(folder, owner)).hasValue(600);
    }

    @Test
    void without_control_groups_nothing_is_said() {
        assertThat(ContainerMemory.left(folder, folder.resolve("absent"))).isEmpty();
    }

    private Path write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text + "\n");
    }

    private static TrainingSettings settings(String... settings) {
        Map<String, String> chosen = new HashMap<>();
        Stream.of(settings).map(each -> each.split("=")).forEach(each -> chosen.put(each[0], each[1]));
        return TrainingSettings.of(TrainingMethod.DPO, chosen);
    }
}
