package dev.tiebreak.studio.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// One child process `tiebreak worker`: requests go in and answers come out as JSON, one a line. When it ends, every
/// request that is still open fails with one line.
final class WorkerProcess {
    private static final Logger LOG = LoggerFactory.getLogger(WorkerProcess.class);
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int SECONDS_TO_END = 5;

    private final Process process;
    private final BufferedWriter requests;
    private final Map<String, Consumer<WorkerAnswer>> open = new LinkedHashMap<>();
    private final CompletableFuture<EngineDevice> device = new CompletableFuture<>();
    private final Runnable onIdle;
    private boolean ended;

    /// @param onIdle hears each time that the last open request was answered
    WorkerProcess(Process process, Runnable onIdle) {
        this.process = process;
        this.requests = process.outputWriter(UTF_8);
        this.onIdle = onIdle;
        Thread.ofPlatform().daemon().name("model-worker-" + process.pid()).start(this::listen);
    }

    long pid() {
        return process.pid();
    }

    CompletableFuture<EngineDevice> device() {
        return device;
    }

    synchronized boolean hasEnded() {
        return ended || !process.isAlive();
    }

    synchronized boolean isIdle() {
        return open.isEmpty();
    }

    synchronized int waiting() {
        return open.size();
    }

    /// @return false where the process has ended; then nothing was sent, and nobody will answer
    synchronized boolean send(String id, ObjectNode request, Consumer<WorkerAnswer> listener) {
        if (hasEnded()) {
            return false;
        }
        open.put(id, listener);
        if (write(request)) {
            return true;
        }
        open.remove(id);
        return false;
    }

    /// Asks for an end of a request; it is answered by [WorkerAnswer.Cancelled], unless it was done before.
    synchronized void cancel(String id) {
        if (open.containsKey(id)) {
            write(JSON.createObjectNode()
                    .put("id", "cancel-" + id)
                    .put("op", "cancel")
                    .put("of", id));
        }
    }

    private boolean write(ObjectNode line) {
        try {
            requests.write(line + "\n");
            requests.flush();
            return true;
        } catch (IOException e) {
            LOG.debug("The worker {} takes no requests any more", pid(), e);
            return false;
        }
    }

    private void listen() {
        try (BufferedReader answers = process.inputReader(UTF_8)) {
            for (String line = answers.readLine(); line != null; line = answers.readLine()) {
                hear(line);
            }
        } catch (IOException e) {
            LOG.debug("The worker {} broke off", pid(), e);
        }
        failOpen();
    }

    private void hear(String line) {
        try {
            JsonNode answer = JSON.readTree(line);
            if (answer.path("type").asString("").equals("ready")) {
                device.complete(new EngineDevice(
                        answer.path("device").asString(""),
                        answer.path("device_reason").asString("")));
            } else {
                tell(answer.path("id").asString(""), answer(answer));
            }
        } catch (JacksonException e) {
            LOG.warn("The worker {} wrote what is no answer: {}", pid(), e.getOriginalMessage());
        }
    }

    private static WorkerAnswer answer(JsonNode line) {
        return switch (line.path("type").asString("")) {
            case "text" -> new WorkerAnswer.Wrote(line.path("delta").asString(""));
            case "done" ->
                line.has("scores")
                        ? new WorkerAnswer.Scored(scores(line.path("scores")))
                        : new WorkerAnswer.Completed(
                                line.path("text").asString(""),
                                line.path("finish").asString(""),
                                line.path("tokens").asInt(0));
            case "cancelled" -> new WorkerAnswer.Cancelled();
            default -> new WorkerAnswer.Failed(line.path("message").asString("The engine gave no reason."));
        };
    }

    private static List<Double> scores(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::asDouble)
                .toList();
    }

    /// Listeners are called outside the lock: they may send the next request.
    private void tell(String id, WorkerAnswer answer) {
        Consumer<WorkerAnswer> listener;
        synchronized (this) {
            listener = answer instanceof WorkerAnswer.Wrote ? open.get(id) : open.remove(id);
        }
        if (listener != null) {
            listener.accept(answer);
        }
        if (isIdle()) {
            onIdle.run();
        }
    }

    private void failOpen() {
        List<Consumer<WorkerAnswer>> left;
        synchronized (this) {
            ended = true;
            left = List.copyOf(open.values());
            open.clear();
        }
        String reason = reason();
        device.completeExceptionally(new IllegalStateException(reason));
        left.forEach(listener -> listener.accept(new WorkerAnswer.Failed(reason)));
    }

    private String reason() {
        try {
            if (process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
                return "The engine stopped (exit code " + process.exitValue()
                        + "). The next try starts it anew; worker.log in the data folder tells more.";
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
        return "The engine stopped answering and was ended. The next try starts it anew.";
    }

    /// Lets it end by itself, and helps where it does not.
    void end() {
        synchronized (this) {
            ended = true;
            try {
                requests.close(); // the worker ends when its input does
            } catch (IOException e) {
                LOG.debug("The worker {} had ended already", pid(), e);
            }
        }
        try {
            if (!process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
