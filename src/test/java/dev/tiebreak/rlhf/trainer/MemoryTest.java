package dev.tiebreak.rlhf.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MemoryTest {
    private static final Path STATM = Path.of("/proc/self/statm");

    @TempDir
    Path folder;

    @Test
    void three_hundred_steps_end_with_the_memory_they_began_with() throws IOException {
        assumeTrue(Files.exists(STATM));
        SmallRun run = new SmallRun(folder);
        List<Long> resident = new ArrayList<>();
        run.train(
                "dpo",
                new Trainer.Inputs(
                        run.model,
                        run.data,
                        Optional.empty(),
                        SmallRun.settings(
                                TrainingMethod.DPO,
                                "num_train_epochs=25",
                                "learning_rate=1e-5",
                                "logging_steps=50",
                                "save_steps=1000")),
                () -> {
                    resident.add(residentMegabytes());
                    return false;
                });
        assertThat(resident).hasSizeGreaterThan(300);
        long afterWarmUp = resident.get(resident.size() - 200);
        // one tensor of [tokens, H] kept per step would be 200 × 60 kB; the heap itself moves by some megabytes
        assertThat(resident.getLast() - afterWarmUp).isLessThan(24);
    }

    @Tag("slow")
    @ParameterizedTest
    @CsvSource({"DPO, use_peft=false", "DPO, use_peft=true", "KTO, gradient_checkpointing=true", "REWARD_MODEL, seed=1"
    })
    void two_thousand_steps_end_with_the_memory_of_their_middle(TrainingMethod method, String setting)
            throws IOException {
        assumeTrue(Files.exists(STATM));
        SmallRun run = new SmallRun(folder);
        List<Long> resident = new ArrayList<>();
        var settings = SmallRun.settings(
                method,
                setting,
                "max_steps=2000",
                "num_train_epochs=200",
                "learning_rate=1e-5",
                "logging_steps=500",
                "save_steps=5000");
        var inputs = new Trainer.Inputs(run.model, run.data, Optional.empty(), settings);
        run.train("run", inputs, () -> {
            resident.add(residentMegabytes());
            return false;
        });
        long middle = resident.get(resident.size() - 1000);
        assertThat(resident.getLast() - middle).isLessThan(24);
    }

    private static long residentMegabytes() {
        try {
            return Long.parseLong(Files.readString(STATM).split(" ")[1]) * 4096 / 1_000_000;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
