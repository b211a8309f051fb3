package dev.tiebreak.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import dev.tiebreak.rlhf.JsonFile;
import dev.tiebreak.rlhf.WrittenAside;
import dev.tiebreak.rlhf.checkpoint.Dtype;
import dev.tiebreak.rlhf.checkpoint.FloatFormat;
import dev.tiebreak.rlhf.checkpoint.SafetensorsWriter;
import dev.tiebreak.rlhf.checkpoint.TensorInfo;
import dev.tiebreak.rlhf.data.Passage;
import dev.tiebreak.rlhf.data.TextReader;
import dev.tiebreak.rlhf.data.TextRow;
import dev.tiebreak.rlhf.model.LanguageModel;
import dev.tiebreak.rlhf.model.ModelConfig;
import dev.tiebreak.rlhf.model.WeightShape;
import dev.tiebreak.rlhf.tokenizer.BpeTrainer;
import dev.tiebreak.rlhf.tokenizer.ByteLevelBpe;
import dev.tiebreak.rlhf.tokenizer.ChatTemplate;
import dev.tiebreak.rlhf.tokenizer.SpecialTokens;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Makes a small Llama-format model with fresh weights and a tokenizer learnt from the text it is to be trained on.
@Command(name = "new-model", description = "Makes a small untrained Llama model with a tokenizer for your text.")
final class NewModelCommand implements Callable<Integer> {
    @Option(names = "--data", required = true, description = "JSONL of text, messages, or prompt and completion.")
    Path data = Path.of("");

    @Option(names = "--out", required = true, description = "Folder of the new model.")
    Path out = Path.of("");

    @Option(names = "--vocab-size", defaultValue = "1024", description = "Tokens in all (default: ${DEFAULT-VALUE}).")
    int vocabSize;

    @Option(names = "--hidden", defaultValue = "160", description = "Width (default: ${DEFAULT-VALUE}).")
    int hidden;

    @Option(names = "--layers", defaultValue = "4", description = "Layers (default: ${DEFAULT-VALUE}).")
    int layers;

    @Option(names = "--heads", defaultValue = "4", description = "Query heads (default: ${DEFAULT-VALUE}).")
    int heads;

    @Option(names = "--kv-heads", defaultValue = "2", description = "Key-value heads (default: ${DEFAULT-VALUE}).")
    int keyValueHeads;

    @Option(names = "--context", defaultValue = "512", description = "Longest text in tokens.")
    int context;

    @Option(names = "--seed", defaultValue = "42", description = "Seed of the weights (default: ${DEFAULT-VALUE}).")
    long seed;

    @Override
    public Integer call() throws IOException {
        if (hidden % heads != 0) {
            throw new CommandException("--hidden " + hidden + " is not a multiple of --heads " + heads);
        }
        ByteLevelBpe tokenizer = learnTokenizer();
        SpecialTokens special = tokenizer.specialTokens();
        int end = tokenizer.tokens().indexOf(special.eos());
        int pad = tokenizer.tokens().indexOf(special.pad());
        ModelConfig config =
                config(tokenizer.tokens().size()).withTokens(Optional.empty(), List.of(end), Optional.of(pad));
        WrittenAside.writeFolder(out, folder -> {
            tokenizer.writeTo(folder, Optional.of(ChatTemplate.CHATML));
            JsonFile.write(folder.resolve("config.json"), json(config));
            JsonFile.write(folder.resolve("generation_config.json"), generationJson(config));
            writeWeights(folder.resolve("model.safetensors"), config, new Random(seed));
        });
        long weights =
                WeightShape.of(config).stream().mapToLong(WeightShape::size).sum();
        System.out.printf("%s: %,d weights, %,d tokens%n", out, weights, config.vocabulary());
        return 0;
    }

    private ByteLevelBpe learnTokenizer() {
        BpeTrainer trainer = new BpeTrainer(vocabSize, 2, SpecialTokens.chatMl());
        try (TextReader rows = TextReader.open(data)) {
            for (TextRow row : rows) {
                row.prompt().ifPresent(prompt -> count(prompt, trainer));
                count(row.completion(), trainer);
            }
        }
        return trainer.train();
    }

    private static void count(Passage passage, BpeTrainer trainer) {
        switch (passage) {
            case Passage.PlainText(var text) -> trainer.add(text);
            case Passage.Conversation(var messages) ->
                // as ChatML lays a turn out, without its special tokens
                messages.forEach(turn -> trainer.add(turn.role() + "\n" + turn.content()));
        }
    }

    private ModelConfig config(int vocabulary) {
        return ModelConfig.small(vocabulary, hidden, layers, heads, keyValueHeads, context);
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

    private static JsonObject json(ModelConfig config) {
        JsonObject json = new JsonObject();
        JsonArray architectures = new JsonArray();
        architectures.add("LlamaForCausalLM");
        json.add("architectures", architectures);
        json.addProperty("model_type", "llama");
        json.addProperty("vocab_size", config.vocabulary());
        json.addProperty("hidden_size", config.hidden());
        json.addProperty("intermediate_size", config.intermediate());
        json.addProperty("num_hidden_layers", config.layers());
        json.addProperty("num_attention_heads", config.heads());
        json.addProperty("num_key_value_heads", config.keyValueHeads());
        json.addProperty("head_dim", config.headWidth());
        json.addProperty("max_position_embeddings", config.context());
        json.addProperty("hidden_act", "silu");
        json.addProperty("rms_norm_eps", config.normEpsilon());
        json.addProperty("rope_theta", config.ropeTheta());
        json.add("rope_scaling", JsonNull.INSTANCE);
        json.addProperty("attention_bias", false);
        json.addProperty("mlp_bias", false);
        json.addProperty("attention_dropout", 0.0);
        json.addProperty("tie_word_embeddings", config.tied());
        json.addProperty("initializer_range", config.initializerRange());
        json.add("bos_token_id", JsonNull.INSTANCE);
        json.addProperty("eos_token_id", config.eosIds().getFirst());
        json.addProperty("pad_token_id", config.padId().orElseThrow());
        json.addProperty("torch_dtype", "float32");
        json.addProperty("use_cache", true);
        return json;
    }

    private static JsonObject generationJson(ModelConfig config) {
        JsonObject json = new JsonObject();
        json.addProperty("eos_token_id", config.eosIds().getFirst());
        json.addProperty("pad_token_id", config.padId().orElseThrow());
        json.addProperty("do_sample", true);
        json.addProperty("temperature", 0.8);
        json.addProperty("top_p", 0.95);
        json.addProperty("top_k", 50);
        return json;
    }
}
