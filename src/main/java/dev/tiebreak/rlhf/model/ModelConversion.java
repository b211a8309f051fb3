package dev.tiebreak.rlhf.model;

import com.google.gson.JsonObject;
import dev.tiebreak.rlhf.checkpoint.CheckpointException;
import dev.tiebreak.rlhf.checkpoint.Dtype;
import dev.tiebreak.rlhf.checkpoint.HuggingFaceFolder;
import dev.tiebreak.rlhf.checkpoint.TensorInfo;
import dev.tiebreak.rlhf.checkpoint.WeightFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// Writes a model folder again in another float format, in one file or in shards, tensor by tensor.
public final class ModelConversion {
    private ModelConversion() {}

    /// @param dtype      F32, F16 or BF16
    /// @param shardBytes largest file of weights, or [WeightFiles#ONE_FILE]
    /// @throws CheckpointException when a tensor is missing, misshapen, or holds what is too large for the format
    public static void write(HuggingFaceFolder folder, Path out, Dtype dtype, long shardBytes) throws IOException {
        ModelConfig shape = ModelConfigFile.read(folder);
        List<WeightShape> shapes = WeightShape.of(shape);
        List<TensorInfo> layout = shapes.stream()
                .map(weight -> TensorInfo.of(weight.name(), dtype, weight.dimensions()))
                .toList();
        JsonObject config = config(folder, shape, dtype);
        try (StoredWeights weights = StoredWeights.open(folder, shape)) {
            shapes.forEach(weights::require);
            folder.writeDerived(out, config, into -> WeightFiles.write(into, layout, shardBytes, weights::copy));
        }
    }

    private static JsonObject config(HuggingFaceFolder folder, ModelConfig shape, Dtype dtype) {
        JsonObject config = ModelConfigFile.derived(folder.config(), shape);
        config.addProperty("torch_dtype", torchName(dtype));
        return config;
    }

    /// Writes an adapter's base with the adapter merged into it: added in float32, then brought into the format once.
    ///
    /// @throws CheckpointException when a number is too large for the format
    public static void writeMerged(ModelFolder model, Path out, Dtype dtype, long shardBytes) throws IOException {
        model.save(out, config(model.folder(), model.config(), dtype), dtype, shardBytes);
    }

    private static String torchName(Dtype dtype) {
        return switch (dtype) {
            case F32 -> "float32";
            case F16 -> "float16";
            case BF16 -> "bfloat16";
            default -> throw new IllegalArgumentException("no model is written as " + dtype);
        };
    }
}
