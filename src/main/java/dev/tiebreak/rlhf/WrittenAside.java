package dev.tiebreak.rlhf;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// Files and folders that appear as a whole or not at all: written beside their place, forced to disk, renamed.
public final class WrittenAside {
    /// What fills a new folder.
    @FunctionalInterface
    public interface FolderContent {
        void writeInto(Path folder) throws IOException;
    }

    private WrittenAside() {}

    /// Where the unfinished form of `target` lies; the same folder, so that the rename stays on one disk.
    public static Path partOf(Path target) {
        return target.resolveSibling("." + target.getFileName() + ".part");
    }

    public static void write(Path file, String text) throws IOException {
        Path part = partOf(file);
        try (FileChannel channel = FileChannel.open(part, CREATE, TRUNCATE_EXISTING, WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        moveIntoPlace(part, file);
    }

    /// Fills a folder beside `target` and renames it. An older folder at `target` is replaced only once the new one
    /// is complete.
    public static void writeFolder(Path target, FolderContent content) throws IOException {
        Path absolute = target.toAbsolutePath().normalize();
        Path part = partOf(absolute);
        deleteFolder(part);
        Files.createDirectories(part);
        try {
            content.writeInto(part);
            forceFiles(part);
        } catch (IOException | RuntimeException | Error e) {
            deleteFolder(part);
            throw e;
        }
        if (Files.exists(absolute)) {
            Path old = absolute.resolveSibling("." + absolute.getFileName() + ".old");
            deleteFolder(old);
            Files.move(absolute, old, ATOMIC_MOVE);
            moveIntoPlace(part, absolute);
            deleteFolder(old);
        } else {
            moveIntoPlace(part, absolute);
        }
    }

    /// Renames over `target` and forces the folder entry to disk.
    public static void moveIntoPlace(Path part, Path target) throws IOException {
        Files.move(part, target, ATOMIC_MOVE, REPLACE_EXISTING);
        Path folder = target.toAbsolutePath().getParent();
        if (folder != null) {
            forceFolder(folder);
        }
    }

    public static void deleteFolder(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        List<Path> deepestFirst;
        try (Stream<Path> walk = Files.walk(folder)) {
            deepestFirst = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : deepestFirst) {
            Files.delete(path);
        }
    }

    private static void forceFiles(Path folder) throws IOException {
        try (Stream<Path> walk = Files.walk(folder)) {
            for (Path path : walk.toList()) {
                if (Files.isDirectory(path)) {
                    forceFolder(path);
                } else {
                    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
                        channel.force(true);
                    }
                }
            }
        }
    }

    private static void forceFolder(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true); // a rename is durable only once its folder is
        }
    }
}
