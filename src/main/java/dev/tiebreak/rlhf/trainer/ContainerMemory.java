package dev.tiebreak.rlhf.trainer;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/// What is left of the memory that control groups allow this process: the least of its own group and those above.
/// Pages that only cache files count as left, for the kernel gives them away first.
final class ContainerMemory {
    private static final Path ROOT = Path.of("/sys/fs/cgroup");
    private static final long NO_LIMIT = 1L << 60; // version 1 writes a huge number in place of "max"

    private ContainerMemory() {}

    static OptionalLong left() {
        return left(ROOT, Path.of("/proc/self/cgroup"));
    }

    /// @param root  where control groups are mounted
    /// @param owner the file that names the process's groups
    static OptionalLong left(Path root, Path owner) {
        return HostMemory.lines(owner)
                .flatMap(group -> folders(root, group))
                .flatMapToLong(folder -> leftIn(folder).stream())
                .min();
    }

    /// Of a line such as `0::/docker/1f2e` or `9:memory:/docker/1f2e`, the group's folder and those above it.
    private static Stream<Path> folders(Path root, String group) {
        String[] parts = group.split(":", 3);
        if (parts.length < 3 || !(parts[1].isEmpty() || parts[1].equals("memory"))) {
            return Stream.empty();
        }
        Path top = parts[1].isEmpty() ? root : root.resolve("memory");
        Path own = top.resolve(parts[2].replaceFirst("^/+", "")).normalize();
        return Stream.iterate(own, folder -> folder != null && folder.startsWith(top), Path::getParent);
    }

    private static OptionalLong leftIn(Path folder) {
        OptionalLong limit = number(folder, "memory.max", "memory.limit_in_bytes");
        OptionalLong used = number(folder, "memory.current", "memory.usage_in_bytes");
        if (limit.isEmpty() || used.isEmpty() || limit.getAsLong() >= NO_LIMIT) {
            return OptionalLong.empty();
        }
        long cache = HostMemory.lines(folder.resolve("memory.stat"))
                .filter(line -> line.startsWith("inactive_file "))
                .flatMapToLong(line -> LongStream.of(Long.parseLong(line.substring(14))))
                .findFirst()
                .orElse(0);
        return OptionalLong.of(Math.max(0, limit.getAsLong() - used.getAsLong() + cache));
    }

    private static OptionalLong number(Path folder, String name, String olderName) {
        Optional<String> text =
                HostMemory.line(folder.resolve(name)).or(() -> HostMemory.line(folder.resolve(olderName)));
        return text.filter(value -> value.matches("\\d{1,18}")).stream()
                .mapToLong(Long::parseLong)
                .findFirst();
    }
}
