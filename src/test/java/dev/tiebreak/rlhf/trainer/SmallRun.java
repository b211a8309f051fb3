package dev.tiebreak.rlhf.trainer;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.tiebreak.rlhf.JsonFile;
import dev.tiebreak.rlhf.TinyModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;

/// A tiny model and rows from which it can learn in seconds that completions which call things good are preferred.
final class SmallRun {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-03-02T09:00:00Z"));
    private static final String[] THINGS = {"cat", "dog", "sun", "rain", "here", "there"};

    final Path folder;
    final Path model;
    final Path data;
    final Path heldOut;

    SmallRun(Path folder) {
        this.folder = folder;
        this.model = TinyModel.language(folder.resolve("base"), 1);
        this.data = folder.resolve("train.jsonl");
        this.heldOut = folder.resolve("heldout.jsonl");
        write(data, 96, 5);
        write(heldOut, 20, 6);
    }

    private static void write(Path file, int rows, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < rows; i++) {
            JsonObject row = new JsonObject();
            row.addProperty("prompt", "the " + thing(random) + " is");
            row.addProperty("chosen", " " + thing(random) + " good " + thing(random));
            row.addProperty("rejected", " " + thing(random) + " bad " + thing(random) + " " + thing(random));
            row.addProperty("completion", row.get("chosen").getAsString());
            text.append(row).append('\n');
        }
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String thing(SplittableRandom random) {
        return THINGS[random.nextInt(THINGS.length)];
    }

    /// @param settings `name=value`
    boolean train(String out, TrainingMethod method, String... settings) throws IOException {
        return train(out, method, () -> false, settings);
    }

    boolean trainOn(Path rows, String out, TrainingMethod method, String... settings) throws IOException {
        return train(out, new Trainer.Inputs(model, rows, Optional.empty(), settings(method, settings)), () -> false);
    }

    boolean train(String out, TrainingMethod method, BooleanSupplier cancelled, String... settings) throws IOException {
        return train(out, new Trainer.Inputs(model, data, Optional.of(heldOut), settings(method, settings)), cancelled);
    }

    boolean train(String out, Trainer.Inputs inputs, BooleanSupplier cancelled) throws IOException {
        try (RunFolder run = RunFolder.open(folder.resolve(out), false, CLOCK)) {
            return new Trainer(run, _ -> {}, cancelled).train(inputs);
        }
    }

    boolean resume(String out, TrainingMethod method) throws IOException {
        try (RunFolder run = RunFolder.open(folder.resolve(out), true, CLOCK)) {
            return new Trainer(run, _ -> {}, () -> false).resume(method);
        }
    }

    RunFolder open(String out) {
        return RunFolder.open(folder.resolve(out), false, CLOCK);
    }

    static TrainingSettings settings(TrainingMethod method, String... settings) {
        Map<String, String> chosen = new LinkedHashMap<>();
        for (String setting : settings) {
            chosen.put(setting.split("=")[0], setting.split("=")[1]);
        }
        return TrainingSettings.of(method, chosen);
    }

    /// Answers `true` from the n-th time on that it is asked.
    static BooleanSupplier afterAsking(int times) {
        int[] asked = {0};
        return () -> ++asked[0] > times;
    }

    JsonObject status(String out) {
        return JsonFile.read(folder.resolve(out).resolve("status.json"));
    }

    List<JsonObject> metrics(String out) throws IOException {
        return Files.readAllLines(folder.resolve(out).resolve("metrics.jsonl")).stream()
                .map(line -> JsonParser.parseString(line).getAsJsonObject())
                .toList();
    }

    /// Logged rows without what depends on the machine's speed.
    List<JsonObject> timelessMetrics(String out) throws IOException {
        List<JsonObject> rows = metrics(out);
        rows.forEach(row -> row.remove("tokens_per_second"));
        return rows;
    }

    /// The first or last evaluation's value of a metric, or that of a training row.
    double first(String out, String metric) throws IOException {
        return values(out, metric).getFirst();
    }

    double last(String out, String metric) throws IOException {
        return values(out, metric).getLast();
    }

    private List<Double> values(String out, String metric) throws IOException {
        return metrics(out).stream()
                .filter(row -> row.has(metric))
                .map(row -> row.get(metric).getAsDouble())
                .toList();
    }
}
