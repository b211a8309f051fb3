package dev.tiebreak.rlhf.checkpoint;

import com.google.gson.JsonObject;
import dev.tiebreak.rlhf.JsonFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Writes a model's tensors as transformers does: `model.safetensors`, or where that would be larger than a shard may
/// be, `model-00001-of-0000N.safetensors` and so on with `model.safetensors.index.json`.
public final class WeightFiles {
    public static final long ONE_FILE = Long.MAX_VALUE;

    /// What writes one tensor, in one piece or several.
    @FunctionalInterface
    public interface Source {
        void write(TensorInfo tensor, SafetensorsWriter writer) throws IOException;
    }

    private WeightFiles() {}

    /// @param layout     in the model's own order, which shards keep
    /// @param shardBytes largest shard; a tensor above it has a shard of its own
    public static void write(Path folder, List<TensorInfo> layout, long shardBytes, Source source) throws IOException {
        List<List<TensorInfo>> shards = shards(layout, shardBytes);
        if (shards.size() == 1) {
            writeShard(folder.resolve("model.safetensors"), layout, source);
            return;
        }
        JsonObject fileOf = new JsonObject();
        for (int n = 0; n < shards.size(); n++) {
            String name = "model-%05d-of-%05d.safetensors".formatted(n + 1, shards.size());
            writeShard(folder.resolve(name), shards.get(n), source);
            shards.get(n).forEach(tensor -> fileOf.addProperty(tensor.name(), name));
        }
        JsonFile.write(folder.resolve("model.safetensors.index.json"), index(layout, fileOf));
    }

    private static List<List<TensorInfo>> shards(List<TensorInfo> layout, long shardBytes) {
        List<List<TensorInfo>> shards = new ArrayList<>(List.of(new ArrayList<>()));
        long bytes = 0;
        for (TensorInfo tensor : layout) {
            if (bytes > 0 && bytes + tensor.byteSize() > shardBytes) {
                shards.add(new ArrayList<>());
                bytes = 0;
            }
            shards.getLast().add(tensor);
            bytes += tensor.byteSize();
        }
        return shards;
    }

    private static void writeShard(Path file, List<TensorInfo> tensors, Source source) throws IOException {
        List<TensorInfo> ordered = SafetensorsWriter.inHuggingFaceOrder(tensors);
        try (SafetensorsWriter writer = SafetensorsWriter.create(file, ordered)) {
            for (TensorInfo tensor : ordered) {
                source.write(tensor, writer);
            }
            writer.commit();
        }
    }

    private static JsonObject index(List<TensorInfo> layout, JsonObject fileOf) {
        JsonObject metadata = new JsonObject();
        metadata.addProperty(
                "total_parameters",
                layout.stream().mapToLong(TensorInfo::elements).sum());
        metadata.addProperty(
                "total_size", layout.stream().mapToLong(TensorInfo::byteSize).sum());
        JsonObject index = new JsonObject();
        index.add("metadata", metadata);
        index.add("weight_map", fileOf);
        return index;
    }
}
