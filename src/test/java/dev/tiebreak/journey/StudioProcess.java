package dev.tiebreak.journey;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/// `./tiebreak COMMAND` as a process of its own, with this test's classes.
final class StudioProcess implements AutoCloseable {
    private final Process process;
    private final Path output;
    private final Path errors;

    private StudioProcess(Process process, Path output, Path errors) {
        this.process = process;
        this.output = output;
        this.errors = errors;
    }

    /// @param environment on top of the present one
    static StudioProcess start(Map<String, String> environment, String... arguments) throws IOException {
        return start(List.of("-XX:TieredStopAtLevel=1"), environment, arguments); // half the start
    }

    /// The same with all that the compiler can do, for measurements.
    static StudioProcess startInFull(Map<String, String> environment, String... arguments) throws IOException {
        return start(List.of(), environment, arguments);
    }

    private static StudioProcess start(List<String> options, Map<String, String> environment, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of(
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.tiebreak.cli.Main"));
        command.addAll(List.of(arguments));
        Path output = Files.createTempFile("studio", ".out");
        Path errors = Files.createTempFile("studio", ".err");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(output.toFile()).redirectError(errors.toFile());
        builder.environment().putAll(environment);
        return new StudioProcess(builder.start(), output, errors);
    }

    StudioProcess ready() throws Exception {
        for (int i = 0; i < 1200 && !output().contains("Stop it with Ctrl+C."); i++) {
            if (!process.isAlive()) {
                throw new IllegalStateException("the studio did not start: " + output() + errors());
            }
            Thread.sleep(100);
        }
        return this;
    }

    int exitCode() throws Exception {
        if (!process.waitFor(120, TimeUnit.SECONDS)) {
            throw new IllegalStateException("still running: " + output() + errors());
        }
        return process.exitValue();
    }

    /// As Ctrl+C and `docker stop` do.
    int stop() throws Exception {
        process.destroy();
        return exitCode();
    }

    long pid() {
        return process.pid();
    }

    String output() throws IOException {
        return Files.readString(output);
    }

    String errors() throws IOException {
        return Files.readString(errors);
    }

    /// The first group of a pattern in what was printed.
    String printed(String pattern) throws IOException {
        var found = Pattern.compile(pattern).matcher(output());
        if (!found.find()) {
            throw new IllegalStateException("'" + pattern + "' is not in: " + output() + errors());
        }
        return found.group(1);
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        Files.deleteIfExists(output);
        Files.deleteIfExists(errors);
    }
}
