package dev.tiebreak.cli;

import dev.tiebreak.rlhf.checkpoint.Dtype;
import dev.tiebreak.rlhf.checkpoint.HuggingFaceFolder;
import dev.tiebreak.rlhf.checkpoint.WeightFiles;
import dev.tiebreak.rlhf.model.ModelConversion;
import dev.tiebreak.rlhf.model.ModelFolder;
import dev.tiebreak.rlhf.torch.TorchRuntime;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/// Writes a model again with its weights in another float format, in one file or in shards.
@Command(
        name = "convert",
        description =
                "Writes a model folder again with weights as float32, float16 or bfloat16; an adapter is merged into its"
                        + " base model.")
final class ConvertCommand implements Callable<Integer> {

    enum Format {
        float32(Dtype.F32),
        float16(Dtype.F16),
        bfloat16(Dtype.BF16);

        final Dtype dtype;

        Format(Dtype dtype) {
            this.dtype = dtype;
        }

        static final class Converter implements ITypeConverter<Format> {
            @Override
            public Format convert(String text) {
                return switch (text) {
                    case "float32", "f32" -> float32;
                    case "float16", "f16" -> float16;
                    case "bfloat16", "bf16" -> bfloat16;
                    default -> throw new TypeConversionException("'" + text + "' is not float32, float16 or bfloat16");
                };
            }
        }
    }

    @Option(names = "--model", required = true, description = "Model folder, or a PEFT adapter's folder, to read.")
    Path model = Path.of("");

    @Option(names = "--out", required = true, description = "Model folder to write.")
    Path out = Path.of("");

    @Option(
            names = "--dtype",
            required = true,
            converter = Format.Converter.class,
            description = "float32, float16 or bfloat16; also f32, f16, bf16.")
    Format format = Format.float32;

    @Option(
            names = "--shard-size",
            converter = ShardSize.Converter.class,
            description = "Largest file of weights, such as 5GB (default: one file).")
    ShardSize shardSize = new ShardSize(WeightFiles.ONE_FILE);

    @Override
    public Integer call() throws Exception {
        if (ModelFolder.isAdapter(model)) {
            return TorchRuntime.onTensorThread("convert", this::merge);
        }
        ModelConversion.write(HuggingFaceFolder.open(model), out, format.dtype, shardSize.bytes());
        return 0;
    }

    private int merge() throws IOException {
        try (TorchRuntime runtime = TorchRuntime.start(System.err::println);
                ModelFolder adapter = ModelFolder.load(runtime, model)) {
            ModelConversion.writeMerged(adapter, out, format.dtype, shardSize.bytes());
        }
        return 0;
    }
}
