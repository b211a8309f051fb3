package dev.tiebreak.rlhf.trainer;

import static dev.tiebreak.rlhf.trainer.TrainingMethod.SFT;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.tiebreak.rlhf.JsonFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GrammarTest {
    @TempDir
    Path folder;

    @Test
    void a_supervised_model_that_learns_to_copy_copies_what_it_has_not_seen() throws IOException {
        List<String> words = words(1600);
        Path base = LetterWorld.fresh(folder.resolve("base"), 2);
        Path rows = rows("rows.jsonl", words.subList(0, 1500));
        Path heldOut = rows("held.jsonl", words.subList(1500, 1600));
        Map<String, String> settings =
                Map.of("per_device_train_batch_size", "32", "learning_rate", "2e-3", "num_train_epochs", "4");
        try (RunFolder run = RunFolder.open(folder.resolve("run"), false, InstantSource.system())) {
            var inputs = new Trainer.Inputs(base, rows, Optional.of(heldOut), TrainingSettings.of(SFT, settings));
            new Trainer(run, _ -> {}, () -> false).train(inputs);
        }
        String last = Files.readAllLines(folder.resolve("run/metrics.jsonl")).getLast();
        assertThat(JsonFile.parseObject(last).get("eval_mean_token_accuracy").getAsDouble())
                .isGreaterThanOrEqualTo(0.98);
    }

    private static List<String> words(int wanted) {
        SplittableRandom random = new SplittableRandom(3);
        List<String> words = new ArrayList<>();
        while (words.size() < wanted) {
            StringBuilder word = new StringBuilder();
            for (int i = 0; i < 5; i++) {
                word.append((char) ('a' + random.nextInt(6)));
            }
            if (!words.contains(word.toString())) {
                words.add(word.toString());
            }
        }
        return words;
    }

    private Path rows(String name, List<String> words) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (String word : words) {
            JsonObject row = new JsonObject();
            row.addProperty("prompt", word + ">");
            row.addProperty("completion", word);
            lines.append(row).append('\n');
        }
        return Files.writeString(folder.resolve(name), lines);
    }
}
