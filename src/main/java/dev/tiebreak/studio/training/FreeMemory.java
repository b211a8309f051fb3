package dev.tiebreak.studio.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.springframework.stereotype.Component;

/// The memory that a new process could have on this machine: what Linux calls available, and no more than the
/// container has left.
@Component
public class FreeMemory {
    private static final Path MEMINFO = Path.of("/proc/meminfo");
    private static final Path CONTAINER = Path.of("/sys/fs/cgroup");

    /// In bytes; empty where the system does not tell, and where the studio was started for a GPU: its memory would
    /// count.
    public OptionalLong bytes() {
        if (System.getenv("PYTORCH_LIBRARY_PATH") != null) {
            return OptionalLong.empty();
        }
        return LongStream.concat(available().stream(), leftInContainer().stream())
                .min();
    }

    private static OptionalLong available() {
        try {
            return Files.readAllLines(MEMINFO).stream()
                    .filter(line -> line.startsWith("MemAvailable:"))
                    .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst();
        } catch (IOException _) {
            return OptionalLong.empty();
        }
    }

    private static OptionalLong leftInContainer() {
        try {
            String most = Files.readString(CONTAINER.resolve("memory.max")).strip();
            long used = Long.parseLong(
                    Files.readString(CONTAINER.resolve("memory.current")).strip());
            return most.equals("max") ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(most) - used);
        } catch (IOException _) {
            return OptionalLong.empty();
        }
    }
}
