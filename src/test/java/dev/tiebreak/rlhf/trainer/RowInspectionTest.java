package dev.tiebreak.rlhf.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiebreak.rlhf.TinyModel;
import dev.tiebreak.rlhf.Torch;
import dev.tiebreak.rlhf.model.ModelFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RowInspectionTest {
    @TempDir
    Path folder;

    /// Rows that are kept, that are cut, without a prompt, and too long.
    private static final String TEXTS = """
            {"prompt":"the cat","completion":" is good"}
            {"prompt":"the dog","completion":" is there and here and there and here and there and here"}
            {"text":"the sun is here"}
            {"prompt":"the rain is here and there and here and there and here and there and here","completion":"!"}
            """;

    private static final String CONVERSATIONS = """
            {"messages":[{"role":"user","content":"the cat"},{"role":"assistant","content":"is good"},\
            {"role":"user","content":"the dog"},{"role":"assistant","content":"is bad"}]}
            """;

    private static final String PAIRS = """
            {"prompt":"the cat","chosen":" is good","rejected":" is bad"}
            {"prompt":"","chosen":"the sun","rejected":"rain"}
            """;

    @Test
    void texts_show_as_learnt_what_a_step_counts() throws IOException {
        assertShown(TEXTS, TrainingMethod.SFT, "max_length=20");
    }

    @Test
    void conversations_show_as_learnt_what_a_step_counts() throws IOException {
        assertShown(CONVERSATIONS, TrainingMethod.SFT, "assistant_only_loss=true", "max_length=40");
    }

    @Test
    void orpo_shows_the_prompts_of_chosen_completions_as_learnt_too() throws IOException {
        assertShown(PAIRS, TrainingMethod.ORPO);
    }

    private void assertShown(String rows, TrainingMethod method, String... chosen) throws IOException {
        Path file = Files.writeString(folder.resolve("rows.jsonl"), rows);
        TrainingSettings settings = SmallRun.settings(method, chosen);
        Path at = TinyModel.language(folder.resolve("model"), 1);
        Torch.RUNTIME.prepareThread();
        try (ModelFolder model = ModelFolder.load(Torch.RUNTIME, at)) {
            Objective objective = Objectives.of(
                            model, new Trainer.Inputs(at, file, Optional.empty(), settings), _ -> {})
                    .objective();
            double tokens = objective
                    .size(IntStream.range(0, objective.rows()).toArray())
                    .tokens();
            int[] shown = {0};
            new RowInspection(settings, model.tokenizer(), TinyModel.CONTEXT).walk(file, row -> {
                for (boolean learnt : row.sequences().getFirst().learnt()) {
                    shown[0] += learnt ? 1 : 0;
                }
            });
            assertThat(shown[0]).isPositive().isEqualTo((int) tokens);
        }
    }
}
