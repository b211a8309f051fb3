package dev.tiebreak.studio.registry;

import dev.tiebreak.rlhf.JsonFile;
import dev.tiebreak.rlhf.WrongInputException;
import dev.tiebreak.rlhf.checkpoint.Dtype;
import dev.tiebreak.rlhf.checkpoint.HuggingFaceFolder;
import dev.tiebreak.rlhf.checkpoint.TensorInfo;
import dev.tiebreak.rlhf.model.Head;
import dev.tiebreak.rlhf.model.ModelConfig;
import dev.tiebreak.rlhf.model.ModelConfigFile;
import dev.tiebreak.rlhf.model.StoredWeights;
import dev.tiebreak.rlhf.model.WeightShape;
import java.nio.file.Path;
import java.util.Set;

/// Whether the engine can load what lies in a folder, told without loading it: the JSON files are read, and of the
/// weights only names and shapes. The tokenizer's and libtorch's native code stays out of the studio.
final class ModelCheck {
    private static final Set<Dtype> READABLE = Set.of(Dtype.F32, Dtype.BF16, Dtype.F16, Dtype.F64);

    private final Path folder;

    private ModelCheck(Path folder) {
        this.folder = folder;
    }

    /// @throws InvalidModelException in one line without the folder's own path
    static CheckpointKind kindOf(Path folder) {
        try {
            return new ModelCheck(folder).kind();
        } catch (WrongInputException e) {
            throw new InvalidModelException(
                    String.valueOf(e.getMessage()).replace(folder + "/", "").replace(folder + ": ", ""), e);
        }
    }

    private CheckpointKind kind() {
        HuggingFaceFolder model = HuggingFaceFolder.open(folder);
        ModelConfig config = ModelConfigFile.read(model);
        JsonFile.read(folder.resolve("tokenizer.json"));
        try (StoredWeights weights = StoredWeights.open(model, config)) {
            requireAll(config, weights);
        }
        return config.head() == Head.SCORE ? CheckpointKind.REWARD_MODEL : CheckpointKind.BASE;
    }

    private static void requireAll(ModelConfig config, StoredWeights weights) {
        if (config.layers() > weights.count()) { // before a list of a billion names is made
            throw new WrongInputException("config.json: num_hidden_layers is " + config.layers()
                    + ", but there are only " + weights.count() + " tensors");
        }
        for (WeightShape wanted : WeightShape.of(config)) {
            TensorInfo is = weights.require(wanted);
            if (!READABLE.contains(is.dtype())) {
                throw new WrongInputException(
                        "tensor '" + is.name() + "' is " + is.dtype() + "; supported are F32, BF16, F16 and F64");
            }
        }
    }
}
