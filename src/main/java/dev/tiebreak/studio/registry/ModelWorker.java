package dev.tiebreak.studio.registry;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// One warm child process that writes completions and scores them for everybody, in the order they were asked for. The
/// first request starts it, some idle minutes end it, and when it died the next request starts another.
@Component
class ModelWorker implements DisposableBean {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final EngineJvm jvm;
    private final Path log;
    private final Duration idle;
    private final AtomicLong ids = new AtomicLong();
    private final ScheduledExecutorService idleWatch = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("model-worker-idle").factory());

    private @Nullable WorkerProcess current;
    private @Nullable ScheduledFuture<?> end;

    ModelWorker(EngineJvm jvm, @Value("${tiebreak.data}") Path data, @Value("${tiebreak.worker.idle}") Duration idle) {
        this.jvm = jvm;
        this.log = data.toAbsolutePath().normalize().resolve("worker.log");
        this.idle = idle;
    }

    /// A request that is under way.
    ///
    /// @param ahead how many requests are answered before it
    record Asked(WorkerProcess process, String id, int ahead) {
        void cancel() {
            process.cancel(id);
        }
    }

    /// Writes a completion; the listener is called on the worker's own thread.
    Asked generate(Path model, String prompt, SamplingChoice choice, Consumer<WorkerAnswer> listener) {
        ObjectNode request = request("generate", model, prompt)
                .put("max_new_tokens", choice.maxNewTokens())
                .put("temperature", choice.temperature())
                .put("top_p", choice.topP())
                .put("top_k", choice.topK())
                .put("seed", choice.seed());
        return ask(request, listener);
    }

    /// Scores completions of one prompt with a reward model.
    Asked score(Path model, String prompt, List<String> completions, Consumer<WorkerAnswer> listener) {
        ObjectNode request = request("score", model, prompt);
        ArrayNode texts = request.putArray("completions");
        completions.forEach(texts::add);
        return ask(request, listener);
    }

    /// The device, once the worker is up; starts it where it is not.
    synchronized CompletableFuture<EngineDevice> device() {
        WorkerProcess process = running();
        endWhenIdle();
        return process.device();
    }

    /// The process id of the worker that runs now.
    synchronized Optional<Long> pid() {
        return Optional.ofNullable(current).map(WorkerProcess::pid);
    }

    private static ObjectNode request(String operation, Path model, String prompt) {
        ObjectNode request = JSON.createObjectNode().put("op", operation).put("model", model.toString());
        request.putArray("messages").addObject().put("role", "user").put("content", prompt);
        return request;
    }

    private synchronized Asked ask(ObjectNode request, Consumer<WorkerAnswer> listener) {
        String id = String.valueOf(ids.incrementAndGet());
        request.put("id", id);
        WorkerProcess process = running();
        int ahead = process.waiting();
        if (!process.send(id, request, listener)) { // it died this very moment
            current = null;
            process = running();
            ahead = 0;
            if (!process.send(id, request, listener)) {
                throw new IllegalStateException("The engine does not start; worker.log in the data folder tells more.");
            }
        }
        return new Asked(process, id, ahead);
    }

    private WorkerProcess running() {
        WorkerProcess process = current;
        if (process == null || process.hasEnded()) {
            process = start();
            current = process;
        }
        return process;
    }

    private WorkerProcess start() {
        try {
            Files.createDirectories(log.getParent());
            return new WorkerProcess(
                    jvm.start(List.of("worker"), Redirect.PIPE, Redirect.PIPE, Redirect.to(log.toFile())),
                    this::endWhenIdle);
        } catch (IOException e) {
            throw new UncheckedIOException("The engine does not start: " + e.getMessage(), e);
        }
    }

    private synchronized void endWhenIdle() {
        if (end != null) {
            end.cancel(false);
        }
        if (!idleWatch.isShutdown()) {
            end = idleWatch.schedule(this::endIfIdle, idle.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void endIfIdle() {
        WorkerProcess process;
        synchronized (this) {
            process = current;
            if (process == null || !process.isIdle()) {
                return; // its last answer comes here again
            }
            current = null;
        }
        process.end();
    }

    @Override
    public void destroy() {
        idleWatch.shutdownNow();
        WorkerProcess process;
        synchronized (this) {
            process = current;
            current = null;
        }
        if (process != null) {
            process.end();
        }
    }
}
