package dev.tiebreak.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import dev.tiebreak.rlhf.JsonFile;
import dev.tiebreak.rlhf.WrongInputException;
import dev.tiebreak.rlhf.data.PassageTokeniser;
import dev.tiebreak.rlhf.model.ModelFolder;
import dev.tiebreak.rlhf.rollout.RewardScorer;
import dev.tiebreak.rlhf.rollout.Sample;
import dev.tiebreak.rlhf.rollout.SamplePrompt;
import dev.tiebreak.rlhf.rollout.Sampler;
import dev.tiebreak.rlhf.rollout.TextStream;
import dev.tiebreak.rlhf.torch.ComputeDevice;
import dev.tiebreak.rlhf.torch.TorchRuntime;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;

/// Answers requests, one JSON object a line, in the order they came, with models kept loaded between them.
///
/// One thread reads, so that a cancellation is heard at once; the tensor thread works. A request that fails is answered
/// by one line and leaves the worker as it was. When the input ends, what was asked before is still answered, unless
/// nobody reads the answers any more.
final class Worker {
    private final BufferedReader in;
    private final PrintWriter out;
    private final BlockingQueue<Optional<WorkerRequest>> waiting = new LinkedBlockingQueue<>();
    private final Set<String> unanswered = ConcurrentHashMap.newKeySet();
    private final Set<String> cancelled = ConcurrentHashMap.newKeySet();

    Worker(InputStream in, OutputStream out) {
        this.in = new BufferedReader(new InputStreamReader(in, UTF_8));
        this.out = new PrintWriter(out, false, UTF_8);
    }

    void run() throws Exception {
        TorchRuntime.onTensorThread("worker", () -> {
            try (TorchRuntime runtime = TorchRuntime.start(System.err::println);
                    LoadedModels models = new LoadedModels(runtime)) {
                ready(runtime.device());
                Thread.ofPlatform().daemon().name("requests").start(this::read);
                work(runtime, models);
            }
            return 0;
        });
    }

    private void ready(ComputeDevice device) {
        JsonObject line = new JsonObject();
        line.addProperty("type", "ready");
        line.addProperty("device", device.name());
        line.addProperty("device_reason", device.reason());
        write(line);
    }

    private void read() {
        try {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (!line.isBlank()) {
                    accept(line);
                }
            }
        } catch (IOException e) {
            System.err.println("worker: the input broke off: " + e.getMessage());
        } finally {
            waiting.add(Optional.empty());
        }
    }

    private void accept(String line) {
        JsonElement id = JsonNull.INSTANCE;
        try {
            JsonObject json = JsonFile.parseObject(line);
            id = json.has("id") ? json.get("id") : id;
            switch (WorkerRequest.of(json)) {
                case WorkerRequest.Cancel asked -> cancel(asked.of());
                case WorkerRequest work when unanswered.add(work.id()) -> waiting.add(Optional.of(work));
                case WorkerRequest work ->
                    throw new WrongInputException("request " + work.id() + " is under way already");
            }
        } catch (WrongInputException | JsonParseException e) {
            fail(id, e);
        }
    }

    private void cancel(String id) {
        if (unanswered.contains(id)) {
            cancelled.add(id);
        }
    }

    private void work(TorchRuntime runtime, LoadedModels models) throws InterruptedException {
        for (var next = waiting.take(); next.isPresent() && !out.checkError(); next = waiting.take()) {
            WorkerRequest request = next.get();
            JsonObject answer = answer(runtime, models, request);
            unanswered.remove(request.id());
            cancelled.remove(request.id());
            write(answer);
        }
    }

    private JsonObject answer(TorchRuntime runtime, LoadedModels models, WorkerRequest request) {
        JsonElement id = line(request, "").get("id");
        try {
            return switch (request) {
                case WorkerRequest asked when cancelled.contains(asked.id()) -> line(asked, "cancelled");
                case WorkerRequest.Generate asked -> generate(runtime, models.get(asked.model()), asked);
                case WorkerRequest.Score asked -> score(runtime, models.get(asked.model()), asked);
                case WorkerRequest.Cancel asked -> line(asked, "cancelled");
            };
        } catch (RuntimeException | Error e) {
            return failure(id, e);
        }
    }

    private JsonObject generate(TorchRuntime runtime, ModelFolder model, WorkerRequest.Generate asked) {
        SamplePrompt prompt =
                new SamplePrompt(new PassageTokeniser(model.tokenizer()).prompt(asked.prompt()), asked.seed());
        TextStream text = new TextStream(model.tokenizer());
        Sample sample = Sampler.of(runtime, model)
                .sample(
                        List.of(prompt),
                        asked.settings(),
                        (_, tokens) -> delta(asked, text.add(tokens)),
                        () -> cancelled.contains(asked.id()) || out.checkError())
                .getFirst();
        if (sample.finish() == Sample.Finish.CANCELLED) {
            return line(asked, "cancelled");
        }
        delta(asked, text.end());
        JsonObject done = line(asked, "done");
        done.addProperty("text", text.text());
        done.addProperty("finish", sample.finish().name().toLowerCase(Locale.ROOT));
        done.addProperty("tokens", sample.tokens().length);
        return done;
    }

    private void delta(WorkerRequest.Generate asked, String delta) {
        if (!delta.isEmpty()) {
            JsonObject line = line(asked, "text");
            line.addProperty("delta", delta);
            write(line);
        }
    }

    private static JsonObject score(TorchRuntime runtime, ModelFolder model, WorkerRequest.Score asked) {
        RewardScorer scorer = new RewardScorer(runtime, model);
        List<int[]> sequences = asked.completions().stream()
                .map(completion -> scorer.tokens(asked.prompt(), completion))
                .toList();
        JsonArray scores = new JsonArray();
        for (double score : scorer.scores(sequences)) {
            scores.add(score);
        }
        JsonObject done = line(asked, "done");
        done.add("scores", scores);
        return done;
    }

    private static JsonObject line(WorkerRequest request, String type) {
        JsonObject line = new JsonObject();
        line.addProperty("id", request.id());
        line.addProperty("type", type);
        return line;
    }

    private void fail(JsonElement id, Exception problem) {
        write(failure(id, problem));
    }

    private static JsonObject failure(JsonElement id, Throwable problem) {
        String message = problem instanceof WrongInputException || problem instanceof JsonParseException
                ? String.valueOf(problem.getMessage())
                : problem.toString();
        JsonObject line = new JsonObject();
        line.add("id", id);
        line.addProperty("type", "error");
        line.addProperty("message", message.lines().findFirst().orElse("unknown"));
        return line;
    }

    private synchronized void write(JsonObject line) {
        out.print(line + "\n");
        out.flush();
    }
}
