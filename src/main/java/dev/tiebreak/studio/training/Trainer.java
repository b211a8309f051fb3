package dev.tiebreak.studio.training;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The process that trains a run: our own child, or the child of a studio that died.
final class Trainer {
    private final ProcessHandle handle;
    private final @Nullable Process own;

    private Trainer(ProcessHandle handle, @Nullable Process own) {
        this.handle = handle;
        this.own = own;
    }

    static Trainer started(Process process) {
        return new Trainer(process.toHandle(), process);
    }

    static Trainer adopted(ProcessHandle handle) {
        return new Trainer(handle, null);
    }

    ProcessHandle handle() {
        return handle;
    }

    boolean wrote(RunStatus status) {
        return status.pid() == handle.pid();
    }

    /// @return whether it has ended
    boolean awaitEnd(Duration most) throws InterruptedException {
        try {
            handle.onExit().get(most.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException _) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Asks it to write a checkpoint and to end; it does so within a minute.
    void askToEnd() {
        handle.destroy();
    }

    void kill() {
        handle.destroyForcibly();
    }

    /// Whether it ended by a signal with which a shell or a system asks processes to end.
    boolean wasAskedToEnd() {
        return IntStream.of(130, 143).anyMatch(code -> exitCode().equals(OptionalInt.of(code)));
    }

    /// Known of our own children only.
    OptionalInt exitCode() {
        return Optional.ofNullable(own).stream().mapToInt(Process::exitValue).findFirst();
    }
}
