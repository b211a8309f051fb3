package dev.tiebreak.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// `./tiebreak COMMAND` as a process of its own, with this test's classes.
final class ChildJvm {
    private ChildJvm() {}

    static ProcessBuilder start(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dai.djl.pytorch.num_threads=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command);
    }
}
