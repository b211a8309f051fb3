package dev.tiebreak.rlhf.model;

import com.google.gson.JsonObject;
import dev.tiebreak.rlhf.JsonFile;
import dev.tiebreak.rlhf.checkpoint.CheckpointException;
import dev.tiebreak.rlhf.checkpoint.Dtype;
import dev.tiebreak.rlhf.checkpoint.HuggingFaceFolder;
import dev.tiebreak.rlhf.checkpoint.Safetensors;
import dev.tiebreak.rlhf.checkpoint.SafetensorsWriter;
import dev.tiebreak.rlhf.checkpoint.TensorInfo;
import dev.tiebreak.rlhf.torch.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;

/// An adapter as PEFT saves and loads it: `adapter_config.json` and `adapter_model.safetensors`, beside the tokenizer
/// where training wrote it along.
final class AdapterFolder {
    static final String WEIGHTS = "adapter_model.safetensors";
    private static final String PREFIX = "base_model.model.";
    private static final String DOWN = ".lora_A.weight";
    private static final String UP = ".lora_B.weight";
    private static final String MAGNITUDE = ".lora_magnitude_vector";

    private final Path path;
    private final AdapterConfigFile config;

    private AdapterFolder(Path path, AdapterConfigFile config) {
        this.path = path;
        this.config = config;
    }

    /// @throws CheckpointException naming the file and what is wrong in it
    static AdapterFolder open(Path folder) {
        if (!Files.exists(folder.resolve(WEIGHTS))) {
            throw new CheckpointException(folder + ": " + WEIGHTS + " is missing"
                    + (Files.exists(folder.resolve("adapter_model.bin"))
                            ? "; adapter_model.bin is a pickle, save the adapter as safetensors"
                            : ""));
        }
        return new AdapterFolder(folder, AdapterConfigFile.read(folder));
    }

    /// The base, with the adapter's own tokenizer where it brings one.
    HuggingFaceFolder base() {
        HuggingFaceFolder base = HuggingFaceFolder.open(config.base(path));
        return Files.exists(path.resolve("tokenizer.json")) ? base.withTokenizerOf(path) : base;
    }

    Head head() {
        return config.head();
    }

    /// The tensors, none left over.
    ///
    /// @throws CheckpointException naming the tensor that is missing, misshapen, or none of this model's
    Read read(ModelConfig model) {
        Path file = path.resolve(WEIGHTS);
        try (Safetensors tensors = Safetensors.open(file)) {
            TreeSet<String> left = new TreeSet<>(tensors.names());
            Map<String, LowRank> parts = new LinkedHashMap<>();
            for (WeightShape weight : WeightLayout.of(model).projectionsOfAllLayers()) {
                if (left.contains(PREFIX + weight.module() + DOWN)) {
                    parts.put(weight.module(), part(tensors, left, AdapterWeights.Projection.of(model, weight)));
                }
            }
            Optional<float[]> score = Optional.empty();
            if (config.head() == Head.SCORE) {
                score = Optional.of(floats(tensors, left, PREFIX + WeightLayout.SCORE, 1, model.hidden()));
            }
            if (parts.isEmpty()) {
                throw new CheckpointException(file + ": no tensor is a low-rank adapter's on this model's projections");
            }
            if (!left.isEmpty()) {
                throw new CheckpointException(file + ": tensor '" + left.first()
                        + "' is no part of a low-rank adapter on this model's projections");
            }
            return new Read(new AdapterWeights(config.json(), config.dora(), parts), score);
        }
    }

    /// @param score the score head of a reward model's adapter, `[1, H]`
    record Read(AdapterWeights weights, Optional<float[]> score) {}

    private LowRank part(Safetensors tensors, TreeSet<String> left, AdapterWeights.Projection place) {
        String name = PREFIX + place.weight().module();
        long[] shape = tensors.info(name + DOWN).shape();
        int rank = shape.length == 2 ? (int) Math.min(shape[0], Integer.MAX_VALUE) : 0;
        return new LowRank(
                rank,
                config.scale(place.weight().module(), rank),
                floats(tensors, left, name + DOWN, rank, place.in()),
                floats(tensors, left, name + UP, place.out(), rank),
                config.dora() ? Optional.of(floats(tensors, left, name + MAGNITUDE, place.out())) : Optional.empty());
    }

    private float[] floats(Safetensors tensors, TreeSet<String> left, String name, long... shape) {
        if (!left.remove(name)) {
            throw new CheckpointException(path.resolve(WEIGHTS) + ": tensor '" + name + "' is missing");
        }
        long[] found = tensors.info(name).shape();
        if (!Arrays.equals(found, shape)) {
            throw new CheckpointException(path.resolve(WEIGHTS) + ": tensor '" + name + "' has the shape "
                    + Arrays.toString(found) + ", but the model asks for " + Arrays.toString(shape));
        }
        return tensors.floats(name);
    }

    /// The name that PEFT saves a trainable tensor under.
    static String savedName(String name) {
        return PREFIX + name;
    }

    static String down(String module) {
        return module + DOWN;
    }

    static String up(String module) {
        return module + UP;
    }

    static String magnitude(String module) {
        return module + MAGNITUDE;
    }

    /// Writes both files into a folder that is there.
    ///
    /// @param tensors by their names in the model, float32
    static void writeInto(Path folder, JsonObject json, Path base, Head head, Map<String, Tensor> tensors)
            throws IOException {
        JsonFile.write(
                folder.resolve(AdapterConfigFile.NAME),
                AdapterConfigFile.written(json, base.toAbsolutePath().normalize(), head));
        Map<String, Tensor> byName = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> byName.put(savedName(name), tensor));
        List<TensorInfo> layout = SafetensorsWriter.inHuggingFaceOrder(byName.entrySet().stream()
                .map(entry -> TensorInfo.of(
                        entry.getKey(), Dtype.F32, entry.getValue().shape()))
                .toList());
        try (SafetensorsWriter writer = SafetensorsWriter.create(folder.resolve(WEIGHTS), layout)) {
            for (TensorInfo info : layout) {
                writer.write(
                        info.name(),
                        Objects.requireNonNull(byName.get(info.name())).bytes());
            }
            writer.commit();
        }
    }
}
