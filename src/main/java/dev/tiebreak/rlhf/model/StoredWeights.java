package dev.tiebreak.rlhf.model;

import dev.tiebreak.rlhf.checkpoint.CheckpointException;
import dev.tiebreak.rlhf.checkpoint.Dtype;
import dev.tiebreak.rlhf.checkpoint.FloatFormat;
import dev.tiebreak.rlhf.checkpoint.HuggingFaceFolder;
import dev.tiebreak.rlhf.checkpoint.Safetensors;
import dev.tiebreak.rlhf.checkpoint.SafetensorsWriter;
import dev.tiebreak.rlhf.checkpoint.TensorInfo;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The tensors of a folder under the names that its configuration asks for, which older files may not use. What stands
/// beside the layers, such as another head, is left alone, and so are the constants that old files carry in them.
public final class StoredWeights implements AutoCloseable {
    /// Masks and rotary frequencies, which follow from the configuration.
    private static final Pattern CONSTANT = Pattern.compile(".*\\.(attn\\.bias|masked_bias|rotary_emb\\.inv_freq)");

    private static final int PIECE = 1 << 22; // numbers
    private static final float TOO_LARGE_FOR_F16 = 65_520; // rounds to infinity

    private final HuggingFaceFolder folder;
    private final Family family;
    private final Safetensors tensors;

    private StoredWeights(HuggingFaceFolder folder, Family family, Safetensors tensors) {
        this.folder = folder;
        this.family = family;
        this.tensors = tensors;
    }

    /// @throws CheckpointException when the files break the format, or hold a weight in a layer that the configuration
    ///                             does not know: the model would compute something else without it
    public static StoredWeights open(HuggingFaceFolder folder, ModelConfig config) {
        StoredWeights weights = new StoredWeights(folder, config.family(), folder.openWeights());
        try {
            weights.refuseUnknown(config);
            return weights;
        } catch (RuntimeException e) {
            weights.close();
            throw e;
        }
    }

    private void refuseUnknown(ModelConfig config) {
        Set<String> known = family.layer(config).stream().map(WeightShape::name).collect(Collectors.toSet());
        for (String name : tensors.names()) {
            for (String prefix : List.of(family.layerPrefix(), family.olderName(family.layerPrefix()))) {
                if (name.startsWith(prefix) && !isKnown(name.substring(prefix.length()), config.layers(), known)) {
                    throw new CheckpointException(folder.path() + ": tensor '" + name
                            + "' is none that config.json asks for; without it the model would compute something else");
                }
            }
        }
    }

    /// @param numbered such as `3.mlp.up_proj.weight`
    private static boolean isKnown(String numbered, int layers, Set<String> known) {
        int dot = numbered.indexOf('.');
        if (dot < 1 || dot > 9 || !numbered.substring(0, dot).matches("\\d+")) {
            return false;
        }
        boolean inModel = Integer.parseInt(numbered.substring(0, dot)) < layers;
        return inModel && known.contains(numbered.substring(dot + 1))
                || CONSTANT.matcher(numbered).matches();
    }

    /// Tensors in all files.
    public int count() {
        return tensors.names().size();
    }

    /// @throws CheckpointException when the tensor is missing or misshapen
    public TensorInfo require(WeightShape weight) {
        String stored = storedName(weight.name());
        if (!tensors.contains(stored)) {
            throw new CheckpointException(folder.path() + ": tensor '" + weight.name() + "' is missing");
        }
        TensorInfo info = tensors.info(stored);
        if (!Arrays.equals(info.shape(), weight.dimensions())) {
            throw new CheckpointException(folder.path() + ": tensor '" + stored + "' has the shape "
                    + Arrays.toString(info.shape()) + ", but config.json asks for " + weight.shape());
        }
        return info;
    }

    /// Writes a tensor under its new name and in its new format, piece by piece.
    ///
    /// @throws CheckpointException when a number is too large for the new format
    public void copy(TensorInfo target, SafetensorsWriter writer) throws IOException {
        String stored = storedName(target.name());
        Dtype from = tensors.info(stored).dtype();
        MemorySegment bytes = tensors.segment(stored);
        long piece = (long) PIECE * from.bytes();
        for (long at = 0; at < bytes.byteSize(); at += piece) {
            long length = Math.min(piece, bytes.byteSize() - at);
            float[] values = tensors.floats(stored, bytes.asSlice(at, length));
            requireRoom(folder.path(), stored, target.dtype(), values);
            writer.write(target.name(), FloatFormat.fromFloats(target.dtype(), values));
        }
    }

    /// @throws CheckpointException when a number is too large for the format
    static void requireRoom(Path folder, String name, Dtype dtype, float[] values) {
        for (float value : values) {
            if (dtype == Dtype.F16 && Float.isFinite(value) && Math.abs(value) >= TOO_LARGE_FOR_F16) {
                throw new CheckpointException(folder + ": tensor '" + name + "' holds " + value
                        + ", which is too large for float16; bfloat16 has room for it");
            }
        }
    }

    float[] floats(WeightShape weight) {
        return tensors.floats(require(weight).name());
    }

    private String storedName(String name) {
        return tensors.contains(name) ? name : tensors.contains(family.olderName(name)) ? family.olderName(name) : name;
    }

    @Override
    public void close() {
        tensors.close();
    }
}
