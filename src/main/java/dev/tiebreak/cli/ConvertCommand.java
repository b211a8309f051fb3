package dev.tiebreak.cli;

import com.google.gson.JsonObject;
import dev.tiebreak.rlhf.checkpoint.Dtype;
import dev.tiebreak.rlhf.checkpoint.FloatFormat;
import dev.tiebreak.rlhf.checkpoint.HuggingFaceFolder;
import dev.tiebreak.rlhf.checkpoint.Safetensors;
import dev.tiebreak.rlhf.checkpoint.SafetensorsWriter;
import dev.tiebreak.rlhf.checkpoint.TensorInfo;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Writes a model again with its weights in another float format.
@Command(name = "convert", description = "Writes a model folder again with weights as float32, float16 or bfloat16.")
final class ConvertCommand implements Callable<Integer> {

    enum Format {
        float32(Dtype.F32),
        float16(Dtype.F16),
        bfloat16(Dtype.BF16);

        final Dtype dtype;

        Format(Dtype dtype) {
            this.dtype = dtype;
        }
    }

    @Option(names = "--model", required = true, description = "Model folder to read.")
    Path model = Path.of("");

    @Option(names = "--out", required = true, description = "Model folder to write.")
    Path out = Path.of("");

    @Option(names = "--dtype", required = true, description = "${COMPLETION-CANDIDATES}.")
    Format format = Format.float32;

    @Override
    public Integer call() throws IOException {
        HuggingFaceFolder folder = HuggingFaceFolder.open(model);
        JsonObject config = folder.config();
        config.remove("dtype"); // newer transformers' name for torch_dtype
        config.addProperty("torch_dtype", format.name());
        try (Safetensors weights = folder.openWeights()) {
            folder.writeDerived(out, config, file -> write(weights, file));
        }
        return 0;
    }

    private void write(Safetensors weights, Path file) throws IOException {
        List<TensorInfo> layout = SafetensorsWriter.inHuggingFaceOrder(weights.names().stream()
                .map(name ->
                        TensorInfo.of(name, format.dtype, weights.info(name).shape()))
                .toList());
        try (SafetensorsWriter writer = SafetensorsWriter.create(file, layout)) {
            for (TensorInfo tensor : layout) {
                writer.write(tensor.name(), FloatFormat.fromFloats(format.dtype, weights.floats(tensor.name())));
            }
            writer.commit();
        }
    }
}
