package dev.tiebreak.rlhf.model;

import com.google.gson.JsonObject;
import dev.tiebreak.rlhf.checkpoint.CheckpointException;
import dev.tiebreak.rlhf.checkpoint.Companions;
import dev.tiebreak.rlhf.checkpoint.Dtype;
import dev.tiebreak.rlhf.checkpoint.HuggingFaceFolder;
import dev.tiebreak.rlhf.checkpoint.TensorInfo;
import dev.tiebreak.rlhf.checkpoint.WeightFiles;
import dev.tiebreak.rlhf.tokenizer.Tokenizer;
import dev.tiebreak.rlhf.torch.Tensor;
import dev.tiebreak.rlhf.torch.TorchRuntime;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// A Hugging Face folder brought into memory: configuration, tokenizer and weights, which it owns.
/// Belongs to the thread that loaded it.
public final class ModelFolder implements AutoCloseable {
    private final HuggingFaceFolder folder;
    private final Companions companions;
    private final Tokenizer tokenizer;
    private final LanguageModel model;

    private ModelFolder(HuggingFaceFolder folder, Tokenizer tokenizer, LanguageModel model) {
        this.folder = folder;
        this.companions = folder.companions();
        this.tokenizer = tokenizer;
        this.model = model;
    }

    /// Loads a model with the head it was saved with; weights in float32, float16 or bfloat16 become float32.
    ///
    /// @throws CheckpointException in one line, naming the file and what is missing or misshapen in it
    public static ModelFolder load(TorchRuntime runtime, Path path) {
        HuggingFaceFolder folder = HuggingFaceFolder.open(path);
        ModelConfig config = ModelConfigFile.read(folder);
        Tokenizer tokenizer = folder.loadTokenizer();
        try (StoredWeights weights = StoredWeights.open(folder, config)) {
            return new ModelFolder(folder, tokenizer, LanguageModel.of(runtime, config, weights::floats));
        } catch (RuntimeException e) {
            tokenizer.close();
            throw e;
        }
    }

    /// Loads a model to score with: its own score head where it has one, else a fresh one on the trunk.
    public static ModelFolder loadScoring(TorchRuntime runtime, Path path, RandomGenerator random) {
        HuggingFaceFolder folder = HuggingFaceFolder.open(path);
        ModelConfig saved = ModelConfigFile.read(folder);
        Tokenizer tokenizer = folder.loadTokenizer();
        try (StoredWeights weights = StoredWeights.open(folder, saved)) {
            int pad = saved.head() == Head.LANGUAGE
                    ? folder.requireDistinctPadId(tokenizer)
                    : folder.requirePadId(tokenizer);
            ModelConfig config = saved.with(Head.SCORE).withTokens(saved.bosId(), saved.eosIds(), Optional.of(pad));
            return new ModelFolder(
                    folder,
                    tokenizer,
                    LanguageModel.of(
                            runtime,
                            config,
                            weight -> saved.head() == Head.LANGUAGE
                                            && weight.name().equals("score.weight")
                                    ? LanguageModel.freshWeight(config, weight, random)
                                    : weights.floats(weight)));
        } catch (RuntimeException e) {
            tokenizer.close();
            throw e;
        }
    }

    public HuggingFaceFolder folder() {
        return folder;
    }

    public Tokenizer tokenizer() {
        return tokenizer;
    }

    public LanguageModel model() {
        return model;
    }

    public ModelConfig config() {
        return model.config();
    }

    /// Writes the model, as it is now, as a folder of its own: config, float32 weights, tokenizer. The folder appears
    /// as a whole or not at all.
    ///
    /// @param facts what `config.json` says beside
    public void save(Path target, JsonObject facts) throws IOException {
        JsonObject json = ModelConfigFile.derived(folder.config(), config());
        facts.asMap().forEach(json::add);
        companions.writeDerived(target, json, this::writeWeights);
    }

    /// The same without any facts beside.
    public void save(Path target) throws IOException {
        save(target, new JsonObject());
    }

    /// The same files into a folder that the caller is writing.
    public void saveInto(Path target) throws IOException {
        companions.writeDerivedInto(target, ModelConfigFile.derived(folder.config(), config()), this::writeWeights);
    }

    private void writeWeights(Path into) throws IOException {
        Map<String, Tensor> weights = model.weights();
        List<TensorInfo> layout = WeightShape.of(config()).stream()
                .map(weight -> TensorInfo.of(weight.name(), Dtype.F32, weight.dimensions()))
                .toList();
        WeightFiles.write(
                into,
                layout,
                WeightFiles.ONE_FILE,
                (tensor, writer) -> writer.write(
                        tensor.name(),
                        Objects.requireNonNull(weights.get(tensor.name())).bytes()));
    }

    @Override
    public void close() {
        model.close();
        tokenizer.close();
    }
}
