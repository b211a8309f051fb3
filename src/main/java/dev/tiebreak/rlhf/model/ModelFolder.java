package dev.tiebreak.rlhf.model;

import com.google.gson.JsonObject;
import dev.tiebreak.rlhf.WrittenAside;
import dev.tiebreak.rlhf.checkpoint.CheckpointException;
import dev.tiebreak.rlhf.checkpoint.Companions;
import dev.tiebreak.rlhf.checkpoint.Dtype;
import dev.tiebreak.rlhf.checkpoint.FloatFormat;
import dev.tiebreak.rlhf.checkpoint.HuggingFaceFolder;
import dev.tiebreak.rlhf.checkpoint.TensorInfo;
import dev.tiebreak.rlhf.checkpoint.WeightFiles;
import dev.tiebreak.rlhf.tokenizer.Tokenizer;
import dev.tiebreak.rlhf.torch.Tensor;
import dev.tiebreak.rlhf.torch.TensorScope;
import dev.tiebreak.rlhf.torch.TorchRuntime;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/// A Hugging Face folder brought into memory: configuration, tokenizer and weights, which it owns.
/// Belongs to the thread that loaded it.
public final class ModelFolder implements AutoCloseable {
    private final HuggingFaceFolder folder;
    private final Companions companions;
    private final Tokenizer tokenizer;
    private final LanguageModel model;

    ModelFolder(HuggingFaceFolder folder, Tokenizer tokenizer, LanguageModel model) {
        this.folder = folder;
        this.companions = folder.companions();
        this.tokenizer = tokenizer;
        this.model = model;
    }

    /// Loads a model with the head it was saved with, or an adapter with its base; weights in float32, float16 or
    /// bfloat16 become float32.
    ///
    /// @throws CheckpointException in one line, naming the file and what is missing or misshapen in it
    public static ModelFolder load(TorchRuntime runtime, Path path) {
        return ModelLoading.of(path, false, Optional.empty(), new SplittableRandom())
                .load(runtime); // nothing is drawn
    }

    /// Loads a model to score with: its own score head where it has one, else a fresh one on the trunk.
    public static ModelFolder loadScoring(TorchRuntime runtime, Path path, RandomGenerator random) {
        return ModelLoading.of(path, true, Optional.empty(), random).load(runtime);
    }

    /// Loads a model to train.
    ///
    /// @param scoring whether it gets a score head where it has none
    /// @param lora    a new adapter, which alone is trained then; the folder must not hold an adapter
    /// @param random  draws what is new
    public static ModelFolder loadToTrain(
            TorchRuntime runtime, Path path, boolean scoring, Optional<LoraConfig> lora, RandomGenerator random) {
        return ModelLoading.of(path, scoring, lora, random).load(runtime);
    }

    /// Whether a folder holds an adapter, as PEFT saves it, and not a whole model.
    public static boolean isAdapter(Path folder) {
        return HuggingFaceFolder.isAdapter(folder);
    }

    /// Where the configuration and the tokenizer of a model, or of an adapter, are read from, without its weights.
    ///
    /// @throws CheckpointException when the folder, or an adapter's base, is missing
    public static HuggingFaceFolder files(Path folder) {
        return isAdapter(folder) ? AdapterFolder.open(folder).base() : HuggingFaceFolder.open(folder);
    }

    /// The folder of the whole model: of an adapter, its base.
    ///
    /// @throws CheckpointException when an adapter's base is missing
    public static Path whole(Path folder) {
        return isAdapter(folder) ? AdapterFolder.open(folder).base().path() : folder;
    }

    /// SHA-256 in hex over everything that [#load] reads: of an adapter, over its own folder and its base.
    ///
    /// @throws CheckpointException when the folder, or an adapter's base, is missing
    public static String sha256(Path folder) throws IOException {
        if (!isAdapter(folder)) {
            return HuggingFaceFolder.open(folder).sha256();
        }
        AdapterFolder adapter = AdapterFolder.open(folder);
        return HuggingFaceFolder.sha256(folder) + adapter.base().sha256();
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

    /// Writes the model, as it is now, as a folder of its own: config, float32 weights with an adapter merged into
    /// them,
    /// tokenizer. The folder appears as a whole or not at all.
    ///
    /// @param facts what `config.json` says beside
    public void save(Path target, JsonObject facts) throws IOException {
        JsonObject json = ModelConfigFile.derived(folder.config(), config());
        facts.asMap().forEach(json::add);
        save(target, json, Dtype.F32, WeightFiles.ONE_FILE);
    }

    void save(Path target, JsonObject config, Dtype dtype, long shardBytes) throws IOException {
        companions.writeDerived(target, config, into -> writeWeights(into, dtype, shardBytes));
    }

    /// The same without any facts beside.
    public void save(Path target) throws IOException {
        save(target, new JsonObject());
    }

    /// What a training checkpoint goes on from, into a folder that the caller is writing: the whole model, or of a
    /// model
    /// with an adapter that alone.
    public void saveInto(Path target) throws IOException {
        if (hasAdapter()) {
            saveAdapterInto(target);
        } else {
            companions.writeDerivedInto(
                    target,
                    ModelConfigFile.derived(folder.config(), config()),
                    into -> writeWeights(into, Dtype.F32, WeightFiles.ONE_FILE));
        }
    }

    public boolean hasAdapter() {
        return model.adapter().isPresent();
    }

    /// Writes the adapter and the tokenizer, as PEFT and TRL do. The folder appears as a whole or not at all.
    public void saveAdapter(Path target) throws IOException {
        WrittenAside.writeFolder(target, this::saveAdapterInto);
    }

    private void saveAdapterInto(Path target) throws IOException {
        AdapterFolder.writeInto(
                target, model.adapter().orElseThrow().json(), folder.path(), config().head(), model.parameters());
        companions.writeInto(target);
    }

    private void writeWeights(Path into, Dtype dtype, long shardBytes) throws IOException {
        Map<String, WeightShape> shapes = new LinkedHashMap<>();
        WeightShape.of(config()).forEach(weight -> shapes.put(weight.name(), weight));
        List<TensorInfo> layout = shapes.values().stream()
                .map(weight -> TensorInfo.of(weight.name(), dtype, weight.dimensions()))
                .toList();
        WeightFiles.write(into, layout, shardBytes, (tensor, writer) -> {
            WeightShape shape = Objects.requireNonNull(shapes.get(tensor.name()));
            try (TensorScope one = model.scope()) {
                writer.write(tensor.name(), bytes(model.merged(one, shape), tensor));
            }
        });
    }

    private ByteBuffer bytes(Tensor weight, TensorInfo target) {
        if (target.dtype() == Dtype.F32) {
            return weight.bytes();
        }
        float[] values = weight.floats();
        StoredWeights.requireRoom(folder.path(), target.name(), target.dtype(), values);
        return FloatFormat.fromFloats(target.dtype(), values);
    }

    @Override
    public void close() {
        model.close();
        tokenizer.close();
    }
}
