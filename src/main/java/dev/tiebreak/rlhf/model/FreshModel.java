package dev.tiebreak.rlhf.model;

import com.google.gson.JsonObject;
import dev.tiebreak.rlhf.JsonFile;
import dev.tiebreak.rlhf.WrittenAside;
import dev.tiebreak.rlhf.checkpoint.Dtype;
import dev.tiebreak.rlhf.checkpoint.FloatFormat;
import dev.tiebreak.rlhf.checkpoint.SafetensorsWriter;
import dev.tiebreak.rlhf.checkpoint.TensorInfo;
import dev.tiebreak.rlhf.tokenizer.ByteLevelBpe;
import dev.tiebreak.rlhf.tokenizer.ChatTemplate;
import dev.tiebreak.rlhf.tokenizer.SpecialTokens;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Writes a Hugging Face folder of a model that has learnt nothing yet, with a tokenizer of its own that speaks ChatML.
public final class FreshModel {
    private FreshModel() {}

    /// The folder appears as a whole or not at all.
    ///
    /// @param shape its special tokens are the tokenizer's, whatever it says
    /// @return the configuration as written
    public static ModelConfig write(Path target, ByteLevelBpe tokenizer, ModelConfig shape, RandomGenerator random)
            throws IOException {
        SpecialTokens special = tokenizer.specialTokens();
        int end = tokenizer.tokens().indexOf(special.eos());
        int pad = tokenizer.tokens().indexOf(special.pad());
        ModelConfig config = shape.withTokens(Optional.empty(), List.of(end), Optional.of(pad));
        WrittenAside.writeFolder(target, folder -> {
            tokenizer.writeTo(folder, Optional.of(ChatTemplate.CHATML));
            JsonFile.write(folder.resolve("config.json"), ModelConfigFile.json(config));
            JsonFile.write(folder.resolve("generation_config.json"), generationJson(end, pad));
            writeWeights(folder.resolve("model.safetensors"), config, random);
        });
        return config;
    }

    private static void writeWeights(Path file, ModelConfig config, RandomGenerator random) throws IOException {
        List<WeightShape> shapes = WeightShape.of(config);
        List<TensorInfo> layout = shapes.stream()
                .map(shape -> TensorInfo.of(shape.name(), Dtype.F32, shape.dimensions()))
                .toList();
        try (SafetensorsWriter writer = SafetensorsWriter.create(file, layout)) {
            for (WeightShape shape : shapes) {
                float[] values = LanguageModel.freshWeight(config, shape, random);
                writer.write(shape.name(), FloatFormat.fromFloats(Dtype.F32, values));
            }
            writer.commit();
        }
    }

    private static JsonObject generationJson(int end, int pad) {
        JsonObject json = new JsonObject();
        json.addProperty("eos_token_id", end);
        json.addProperty("pad_token_id", pad);
        json.addProperty("do_sample", true);
        json.addProperty("temperature", 0.8);
        json.addProperty("top_p", 0.95);
        json.addProperty("top_k", 50);
        return json;
    }
}
