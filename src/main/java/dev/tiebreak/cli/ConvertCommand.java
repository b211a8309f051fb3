package dev.tiebreak.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.tiebreak.rlhf.checkpoint.Dtype;
import dev.tiebreak.rlhf.checkpoint.HuggingFaceFolder;
import dev.tiebreak.rlhf.checkpoint.WeightFiles;
import dev.tiebreak.rlhf.model.ModelConversion;
import dev.tiebreak.rlhf.model.ModelFolder;
import dev.tiebreak.rlhf.torch.TorchRuntime;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
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

    @Option(names = "--json", description = "Say what was written as a JSON object.")
    boolean json;

    @Spec
    @Nullable
    CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        if (ModelFolder.isAdapter(model)) {
            TorchRuntime.onTensorThread("convert", this::merge);
        } else {
            ModelConversion.write(HuggingFaceFolder.open(model), out, format.dtype, shardSize.bytes());
        }
        List<Path> files = weightFiles();
        PrintWriter lines = Objects.requireNonNull(spec).commandLine().getOut();
        lines.println(
                json
                        ? written(files).toString()
                        : out + ": " + format + " in " + files.size() + (files.size() == 1 ? " file" : " files"));
        lines.flush();
        return 0;
    }

    private int merge() throws IOException {
        try (TorchRuntime runtime = TorchRuntime.start(System.err::println);
                ModelFolder adapter = ModelFolder.load(runtime, model)) {
            ModelConversion.writeMerged(adapter, out, format.dtype, shardSize.bytes());
        }
        return 0;
    }

    private List<Path> weightFiles() throws IOException {
        try (Stream<Path> files = Files.list(out)) {
            return files.filter(file -> file.toString().endsWith(".safetensors"))
                    .sorted()
                    .toList();
        }
    }

    private JsonObject written(List<Path> files) throws IOException {
        JsonObject written = new JsonObject();
        written.addProperty("model", out.toString());
        written.addProperty("dtype", format.name());
        JsonArray list = new JsonArray();
        for (Path file : files) {
            JsonObject one = new JsonObject();
            one.addProperty("file", file.getFileName().toString());
            one.addProperty("bytes", Files.size(file));
            list.add(one);
        }
        written.add("files", list);
        return written;
    }
}
