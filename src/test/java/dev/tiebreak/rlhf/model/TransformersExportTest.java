package dev.tiebreak.rlhf.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tiebreak.rlhf.Torch;
import dev.tiebreak.rlhf.checkpoint.Dtype;
import dev.tiebreak.rlhf.checkpoint.HuggingFaceFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs where the environment variable TIEBREAK_PYTHON, or else `python3`, is a Python with transformers:
/// `./tiebreak test -DexcludedTags= -DincludedTags=python`.
@Tag("python")
class TransformersExportTest {
    private static final Path FIXTURE = Path.of("src/test/resources/rlhf/model");
    private static final Path ADAPTERS = Path.of("src/test/resources/rlhf/adapter");
    private static final String PYTHON = Objects.requireNonNullElse(System.getenv("TIEBREAK_PYTHON"), "python3");

    @TempDir
    Path folder;

    @Test
    void exports_of_every_family_load_in_transformers_without_a_warning_and_compute_the_same() throws Exception {
        assumeTrue(run("-c", "import torch, transformers") == 0, PYTHON + " has no transformers");
        Torch.RUNTIME.prepareThread();
        Path exports = Files.createDirectories(folder.resolve("exports"));
        for (String name : names(FIXTURE)) {
            Path model = copied(name);
            try (ModelFolder loaded = ModelFolder.load(Torch.RUNTIME, model)) {
                loaded.save(exports.resolve(name));
            }
            ModelConversion.write(HuggingFaceFolder.open(model), exports.resolve(name + ".bf16"), Dtype.BF16, 5000);
        }
        int code = run(
                "src/test/scripts/check_export.py", "--exports", exports.toString(), "--oracles", FIXTURE.toString());
        assertThat(code).as(this::said).isZero();
    }

    @Test
    void adapters_load_in_peft_without_a_warning_and_compute_the_same() throws Exception {
        assumeTrue(run("-c", "import torch, transformers, peft") == 0, PYTHON + " has no peft");
        Torch.RUNTIME.prepareThread();
        Path adapters = Files.createDirectories(folder.resolve("adapters"));
        for (String base : List.of("llama-tied", "llama-biased", "qwen2", "qwen3", "gpt2", "gemma2")) {
            Path model = copied(base);
            LoraConfig config = new LoraConfig(4, 8, true, true, List.of());
            try (ModelFolder fresh = ModelFolder.loadToTrain(
                    Torch.RUNTIME, model, false, Optional.of(config), new SplittableRandom(1))) {
                fresh.saveAdapter(adapters.resolve("new-" + base));
            }
        }
        for (String name : names(ADAPTERS)) {
            Path adapter = Files.createDirectories(folder.resolve("models/adapter-" + name));
            for (String file : List.of("adapter_config.json", "adapter_model.safetensors")) {
                Files.copy(ADAPTERS.resolve(name).resolve(file), adapter.resolve(file));
            }
            try (ModelFolder loaded = ModelFolder.load(Torch.RUNTIME, adapter)) {
                loaded.saveAdapter(adapters.resolve(name));
            }
        }
        int code = run(
                "src/test/scripts/check_export.py",
                "--adapters",
                adapters.toString(),
                "--oracles",
                ADAPTERS.toString());
        assertThat(code).as(this::said).isZero();
    }

    private Path copied(String name) throws IOException {
        Path model = Files.createDirectories(folder.resolve("models").resolve(name));
        for (String file : List.of(name + "/config.json", name + "/model.safetensors", "tokenizer.json")) {
            Path from = FIXTURE.resolve(file);
            Files.copy(from, model.resolve(from.getFileName()));
        }
        return model;
    }

    private String said() {
        try {
            return Files.readString(folder.resolve("said"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> names(Path fixture) throws IOException {
        try (Stream<Path> files = Files.list(fixture)) {
            return files.filter(Files::isDirectory)
                    .map(path -> path.getFileName().toString())
                    .toList();
        }
    }

    private int run(String... arguments) throws IOException, InterruptedException {
        List<String> command =
                Stream.concat(Stream.of(PYTHON), Stream.of(arguments)).toList();
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("said").toFile())
                    .start()
                    .waitFor();
        } catch (IOException _) {
            return -1;
        }
    }
}
