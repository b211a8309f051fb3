package dev.tiebreak.studio.registry;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/// Starts the command line in a Java process of its own: whatever needs libtorch runs there, never in the studio, which
/// outlives a native crash and a lack of memory.
@Component
public class EngineJvm {
    private static final String MAIN = "dev.tiebreak.cli.Main"; // by name: the studio does not see the command line

    /// Runs `tiebreak <arguments>` with this process's Java, class path and environment.
    public Process start(List<String> arguments, Redirect input, Redirect output, Redirect errors) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command(arguments))
                .redirectInput(input)
                .redirectOutput(output)
                .redirectError(errors);
        surroundings(builder.environment());
        return builder.start();
    }

    private static List<String> command(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:MaxDirectMemorySize=1t", // weights lie there, and Java would allow a quarter of the machine's
                // memory
                "-Dfile.encoding=UTF-8",
                "-Dai.djl.pytorch.num_threads=" + threads(),
                "-Dai.djl.pytorch.num_interop_threads=1",
                "-cp",
                System.getProperty("java.class.path"),
                MAIN));
        command.addAll(arguments);
        return command;
    }

    private static void surroundings(Map<String, String> environment) {
        environment.put("OMP_NUM_THREADS", threads());
        environment.put("OMP_WAIT_POLICY", "passive"); // libgomp would spin at barriers and starve the web tier
        environment.put("DJL_OFFLINE", "true");
        environment.put("OPT_OUT_TRACKING", "true");
    }

    /// One core stays with the web tier, unless whoever started the studio set OMP_NUM_THREADS.
    private static String threads() {
        String wished = System.getenv("OMP_NUM_THREADS");
        return wished != null && wished.matches("[1-9][0-9]{0,3}")
                ? wished
                : String.valueOf(Math.max(1, Runtime.getRuntime().availableProcessors() - 1));
    }
}
