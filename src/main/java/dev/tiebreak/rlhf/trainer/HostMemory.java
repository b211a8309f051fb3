package dev.tiebreak.rlhf.trainer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/// The memory of this machine as Linux tells it, in bytes; empty where the system does not tell.
public final class HostMemory {
    private static final Path MACHINE = Path.of("/proc/meminfo");
    private static final Path PROCESS = Path.of("/proc/self/status");

    private HostMemory() {}

    /// What a new process could have: what Linux calls available, and no more than the container has left.
    public static OptionalLong available() {
        return LongStream.concat(entry(MACHINE, "MemAvailable:").stream(), ContainerMemory.left().stream())
                .min();
    }

    /// What this process could have in all: what it has, and what is available beside.
    static OptionalLong room() {
        OptionalLong available = available();
        OptionalLong resident = entry(PROCESS, "VmRSS:");
        return available.isEmpty() || resident.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(available.getAsLong() + resident.getAsLong());
    }

    /// The most that this process had so far.
    public static OptionalLong peak() {
        return entry(PROCESS, "VmHWM:");
    }

    /// An entry in kilobytes, such as `VmRSS:   24812 kB`.
    private static OptionalLong entry(Path file, String name) {
        return lines(file)
                .filter(line -> line.startsWith(name))
                .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst();
    }

    static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException _) {
            return Stream.empty();
        }
    }

    static Optional<String> line(Path file) {
        return lines(file).findFirst().map(String::strip);
    }
}
