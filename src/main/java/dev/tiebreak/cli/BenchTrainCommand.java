package dev.tiebreak.cli;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.tiebreak.rlhf.model.ModelConfig;
import dev.tiebreak.rlhf.torch.TorchRuntime;
import dev.tiebreak.rlhf.trainer.HostMemory;
import dev.tiebreak.rlhf.trainer.StepBenchmark;
import dev.tiebreak.rlhf.trainer.Technique;
import dev.tiebreak.rlhf.trainer.TrainingMethod;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Takes real training steps on a fresh model, with each technique as training has it and without, every variant in a
/// process of its own so that its peak of memory is its own.
@Command(
        name = "train",
        description = "Measures training steps of a method, with each technique as training has it and without.")
final class BenchTrainCommand implements Callable<Integer> {
    /// How far losses of the same step may lie apart, for every technique computes the same.
    private static final double SAME = 1e-5;

    @Option(
            names = "--method",
            defaultValue = "dpo",
            description = "sft, rm, dpo, kto, orpo, cpo or simpo (default: ${DEFAULT-VALUE}).")
    String method = "";

    @Option(names = "--hidden", defaultValue = "512", description = "Width (default: ${DEFAULT-VALUE}).")
    int hidden;

    @Option(names = "--layers", defaultValue = "8", description = "Layers (default: ${DEFAULT-VALUE}).")
    int layers;

    @Option(names = "--heads", defaultValue = "8", description = "Query heads (default: ${DEFAULT-VALUE}).")
    int heads;

    @Option(names = "--kv-heads", defaultValue = "8", description = "Key-value heads (default: ${DEFAULT-VALUE}).")
    int keyValueHeads;

    @Option(names = "--vocab", defaultValue = "32000", description = "Tokens in all (default: ${DEFAULT-VALUE}).")
    int vocabulary;

    @Option(names = "--batch", defaultValue = "8", description = "Rows of a step (default: ${DEFAULT-VALUE}).")
    int batch;

    @Option(
            names = "--steps",
            defaultValue = "4",
            description = "Steps that are timed, after a first one (default: ${DEFAULT-VALUE}).")
    int steps;

    @Option(
            names = "--rounds",
            defaultValue = "1",
            description = "How often every variant runs, in turns; the best counts (default: ${DEFAULT-VALUE}).")
    int rounds;

    @Option(names = "--threads", defaultValue = "1", description = "Of libtorch (default: ${DEFAULT-VALUE}).")
    int threads;

    @Option(names = "--json", description = "Print the table as JSON.")
    boolean json;

    @Option(names = "--only", hidden = true, description = "Measure this technique here, and print one line.")
    @Nullable
    Technique only;

    @Override
    public Integer call() throws Exception {
        TrainingMethod chosen = TrainingMethod.named(method);
        if (hidden % heads != 0) {
            throw new CommandException("--hidden " + hidden + " is not a multiple of --heads " + heads);
        }
        if (steps < 1 || rounds < 1 || batch < 1) {
            throw new CommandException("--steps, --rounds and --batch must be 1 or more");
        }
        if (only != null) {
            System.out.println(new Gson().toJson(measureHere(chosen, only)));
            return 0;
        }
        Map<Technique, Measured> best = measure(chosen);
        System.out.print(json ? json(best) + System.lineSeparator() : table(chosen, best));
        return sameLosses(best) ? 0 : 1;
    }

    /// What one process says.
    private record Measured(StepBenchmark.Found found, double peakGigabytes) {
        Measured better(Measured other) {
            return found.processor() <= other.found.processor() ? this : other;
        }

        double loss() {
            return found.losses().getLast();
        }
    }

    private Measured measureHere(TrainingMethod chosen, Technique technique) throws Exception {
        ModelConfig shape = ModelConfig.small(vocabulary, hidden, layers, heads, keyValueHeads, 1024);
        return TorchRuntime.onTensorThread("trainer", () -> {
            try (TorchRuntime runtime = TorchRuntime.start(System.err::println)) {
                var found = new StepBenchmark(runtime, shape, chosen, batch, steps, technique).run();
                return new Measured(found, HostMemory.peak().orElse(0) / 1e9);
            }
        });
    }

    private Map<Technique, Measured> measure(TrainingMethod chosen) throws IOException, InterruptedException {
        Map<Technique, Measured> best = new EnumMap<>(Technique.class);
        for (int round = 0; round < rounds; round++) {
            for (Technique technique : Technique.values()) {
                if (technique.mattersFor(chosen)) {
                    System.err.println(technique.label() + " …");
                    best.merge(technique, measureInChild(technique), Measured::better);
                }
            }
        }
        return best;
    }

    private Measured measureInChild(Technique technique) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command(technique)).redirectError(Redirect.INHERIT);
        builder.environment().put("OMP_NUM_THREADS", "" + threads);
        Process child = builder.start();
        String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (child.waitFor() != 0) {
            throw new CommandException(
                    "'" + technique.label() + "' ended with code " + child.exitValue() + "; what it said stands above");
        }
        return new Gson().fromJson(said, Measured.class);
    }

    private List<String> command(Technique technique) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--") || argument.startsWith("-D"))
                .forEach(command::add);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName(), "bench", "train"));
        command.addAll(List.of("--method", method, "--only", technique.name()));
        Map.of(
                        "--hidden", hidden,
                        "--layers", layers,
                        "--heads", heads,
                        "--kv-heads", keyValueHeads,
                        "--vocab", vocabulary,
                        "--batch", batch,
                        "--steps", steps)
                .forEach((name, value) -> command.addAll(List.of(name, "" + value)));
        return command;
    }

    private static boolean sameLosses(Map<Technique, Measured> found) {
        double expected =
                Objects.requireNonNull(found.get(Technique.AS_TRAINED)).loss();
        return found.values().stream().allMatch(each -> Math.abs(each.loss() - expected) <= SAME);
    }

    private String table(TrainingMethod chosen, Map<Technique, Measured> found) {
        StringBuilder table = new StringBuilder(String.format(
                Locale.ROOT,
                "%s, %d × %d, vocabulary %,d, batches of %d, %d threads%n%-25s %9s %8s %10s %6s %8s %11s %6s%n",
                chosen.command(),
                hidden,
                layers,
                vocabulary,
                batch,
                threads,
                "",
                "tokens/s",
                "rows/s",
                "CPU s/step",
                "ratio",
                "peak GB",
                "utilisation",
                "loss"));
        double least =
                Objects.requireNonNull(found.get(Technique.AS_TRAINED)).found.processor();
        found.forEach((technique, measured) -> table.append(String.format(
                Locale.ROOT,
                "%-25s %9.0f %8.2f %10.2f %6.2f %8.2f %9.0f %% %.6f%n",
                technique.label(),
                measured.found.tokens(),
                measured.found.rows(),
                measured.found.processor(),
                measured.found.processor() / least,
                measured.peakGigabytes,
                100 * measured.found.utilisation(),
                measured.loss())));
        if (!sameLosses(found)) {
            table.append("The losses of the last step differ by more than ")
                    .append(SAME)
                    .append(String.format(".%n"));
        }
        return table.toString();
    }

    private static JsonArray json(Map<Technique, Measured> found) {
        JsonArray rows = new JsonArray();
        found.forEach((technique, measured) -> {
            JsonObject row =
                    JsonParser.parseString(new Gson().toJson(measured.found)).getAsJsonObject();
            row.addProperty("technique", technique.label());
            row.addProperty("peak_gigabytes", measured.peakGigabytes);
            rows.add(row);
        });
        return rows;
    }
}
