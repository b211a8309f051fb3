package dev.tiebreak.studio.registry;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.tiebreak.rlhf.checkpoint.Dtype;
import dev.tiebreak.rlhf.checkpoint.FloatFormat;
import dev.tiebreak.rlhf.checkpoint.HuggingFaceFolder;
import dev.tiebreak.rlhf.checkpoint.SafetensorsWriter;
import dev.tiebreak.rlhf.checkpoint.TensorInfo;
import dev.tiebreak.rlhf.model.Head;
import dev.tiebreak.rlhf.model.LanguageModel;
import dev.tiebreak.rlhf.model.ModelConfig;
import dev.tiebreak.rlhf.model.ModelConfigFile;
import dev.tiebreak.rlhf.model.WeightShape;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/// Untrained models of some thousand weights: they write nonsense, and score by chance, but by the real code.
final class TinyModel {

    private TinyModel() {}

    /// By `tiebreak new-model`.
    static Path base(Path folder) throws Exception {
        Path text = Files.createTempFile("tiny", ".jsonl");
        Files.writeString(text, "{\"text\": \"Hello there, hello again, and hello to all.\"}\n".repeat(3));
        Process making = new EngineJvm()
                .start(
                        List.of(
                                "new-model",
                                "--data=" + text,
                                "--out=" + folder,
                                "--vocab-size=270",
                                "--hidden=32",
                                "--layers=2"),
                        Redirect.PIPE,
                        Redirect.DISCARD,
                        Redirect.INHERIT);
        assertThat(making.waitFor()).isZero();
        return folder;
    }

    /// A reward model on a base model's trunk shape, with weights of its own.
    static Path reward(Path base, Path folder) throws IOException {
        HuggingFaceFolder model = HuggingFaceFolder.open(base);
        ModelConfig config = ModelConfigFile.read(model).with(Head.SCORE);
        JsonObject json = ModelConfigFile.derived(model.config(), config);
        model.writeDerived(folder, json, into -> writeFresh(config, into.resolve("model.safetensors")));
        return folder;
    }

    private static void writeFresh(ModelConfig config, Path file) throws IOException {
        List<WeightShape> shapes = WeightShape.of(config);
        List<TensorInfo> layout = shapes.stream()
                .map(shape -> TensorInfo.of(shape.name(), Dtype.F32, shape.dimensions()))
                .toList();
        Random random = new Random(7);
        try (SafetensorsWriter writer = SafetensorsWriter.create(file, layout)) {
            for (WeightShape shape : shapes) {
                writer.write(
                        shape.name(),
                        FloatFormat.fromFloats(Dtype.F32, LanguageModel.freshWeight(config, shape, random)));
            }
            writer.commit();
        }
    }
}
