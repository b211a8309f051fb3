package dev.tiebreak.cli;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// What the JVM learns from one start (classes already linked, profiles), kept in a file that makes the next starts
/// take less than half the time. The start script says where it belongs, when there is none for the present build.
///
/// It is made beside the running studio, by a second one on an empty data folder and at the lowest priority. Without
/// it everything works, only slower; so a failure here is nobody's concern.
final class StartCache {
    private static final String FILE = "TIEBREAK_START_CACHE";

    private StartCache() {}

    static void prepareInBackground() {
        Thread.ofVirtual().name("start-cache").start(StartCache::prepare);
    }

    static void prepare() {
        Optional.ofNullable(System.getenv(FILE))
                .map(Path::of)
                .filter(file -> Files.isWritable(file.getParent()))
                .ifPresent(StartCache::prepare);
    }

    private static void prepare(Path file) {
        try (var channel =
                        FileChannel.open(beside(file, ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var lock = channel.tryLock()) {
            if (lock != null) { // else another studio of this build is at it
                delete(beside(file, ".data")); // a studio that was stopped leaves its own
                if (learn(file)) {
                    Files.move(beside(file, ".part"), file, StandardCopyOption.ATOMIC_MOVE);
                }
                delete(beside(file, ".data"));
            }
        } catch (IOException | IllegalStateException e) {
            return; // stopped meanwhile, or no room: the next start tries again
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean learn(Path file) throws IOException, InterruptedException {
        Process child = start(beside(file, ".part"), beside(file, ".data"));
        Thread stop = Thread.ofPlatform().unstarted(child::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(stop);
        boolean learned = child.waitFor() == 0;
        Runtime.getRuntime().removeShutdownHook(stop);
        return learned;
    }

    private static Path beside(Path file, String ending) {
        return file.resolveSibling(file.getFileName() + ending);
    }

    private static Process start(Path file, Path data) throws IOException {
        ProcessBuilder child = new ProcessBuilder(List.of(
                        "nice",
                        "-n",
                        "19",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:AOTCacheOutput=" + file,
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-Dfile.encoding=UTF-8",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "run",
                        "--port=0",
                        "--data=" + data,
                        "--no-demo",
                        "--exit-when-ready"))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        Map<String, String> environment = child.environment();
        environment.keySet().removeIf(name -> name.startsWith("SPRING_") || name.startsWith("TIEBREAK_DB_"));
        environment.remove(FILE);
        return child.start();
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        }
    }
}
