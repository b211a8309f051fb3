package dev.tiebreak.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// libtorch's native libraries, unpacked once per machine from the jar that carries them.
final class NativeLibraries {
    private static final long UNPACKED_MEGABYTES = 430;

    private NativeLibraries() {}

    /// Unpacks them in a child process, telling how far it is; returns at once where that was done before.
    /// A failure does not keep the studio from starting: people can annotate without training.
    static void prepare(Consumer<String> progress) {
        Path cache = cacheFolder();
        if (isUnpacked(cache) || System.getenv("PYTORCH_LIBRARY_PATH") != null) {
            return;
        }
        progress.accept("Unpacking PyTorch's native libraries into " + cache + ", on the first start only");
        long before = megabytes(cache);
        try {
            Process child = new ProcessBuilder(List.of(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "--enable-native-access=ALL-UNNAMED",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Main.class.getName(),
                            "device"))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            Thread stop = Thread.ofPlatform().unstarted(child::destroy); // a container stops its first process only
            Runtime.getRuntime().addShutdownHook(stop);
            while (!child.waitFor(2, TimeUnit.SECONDS)) {
                progress.accept("  %d of %d MB"
                        .formatted(Math.min(megabytes(cache) - before, UNPACKED_MEGABYTES), UNPACKED_MEGABYTES));
            }
            Runtime.getRuntime().removeShutdownHook(stop);
            if (child.exitValue() != 0) {
                progress.accept("  that did not work; training will say why: ./tiebreak device");
            }
        } catch (IOException | IllegalStateException e) { // or the studio is stopping
            progress.accept("  that did not work: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// DJL unpacks beside the place and moves the whole folder there at the end.
    private static boolean isUnpacked(Path cache) {
        try (Stream<Path> versions = Files.list(cache.resolve("pytorch"))) {
            return versions.filter(version -> !version.getFileName().toString().startsWith("tmp"))
                    .anyMatch(version -> Files.exists(version.resolve("libtorch.so")));
        } catch (IOException e) {
            return false; // no such folder yet
        }
    }

    private static Path cacheFolder() {
        return Stream.of("ENGINE_CACHE_DIR", "DJL_CACHE_DIR")
                .flatMap(name -> Stream.ofNullable(System.getProperty(name, System.getenv(name))))
                .findFirst()
                .map(Path::of)
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".djl.ai"));
    }

    private static long megabytes(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.mapToLong(file -> {
                                try {
                                    return Files.isRegularFile(file) ? Files.size(file) : 0;
                                } catch (IOException e) {
                                    return 0; // a temporary file that was just renamed
                                }
                            })
                            .sum()
                    / 1_000_000;
        } catch (IOException e) {
            return 0;
        }
    }
}
