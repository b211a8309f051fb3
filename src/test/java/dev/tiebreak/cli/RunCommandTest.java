package dev.tiebreak.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What keeps the studio from starting is one line and exit code 2, before anything is started.
class RunCommandTest {
    @TempDir
    Path folder;

    @Test
    void a_taken_port_is_one_line() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Outcome outcome = run("run", "--data", folder.toString(), "--port", "" + taken.getLocalPort());
            assertThat(outcome.code).isEqualTo(2);
            assertThat(outcome.errors)
                    .startsWith("tiebreak: cannot listen on 127.0.0.1:" + taken.getLocalPort())
                    .endsWith("choose another port with --port\n")
                    .hasLineCount(1);
        }
    }

    @Test
    void a_data_folder_that_cannot_be_written_is_one_line() throws Exception {
        Path file = Files.createFile(folder.resolve("a-file"));
        Outcome outcome = run("run", "--data", file.resolve("data").toString());
        assertThat(outcome.code).isEqualTo(2);
        assertThat(outcome.errors)
                .startsWith("tiebreak: the data folder " + file.resolve("data") + " is not writable")
                .hasLineCount(1);
    }

    @Test
    void a_database_in_use_is_one_line() throws Exception {
        Path database = Files.createDirectories(folder.resolve("db")).resolve("tiebreak.mv.db");
        Files.createFile(database);
        try (var channel = FileChannel.open(database, StandardOpenOption.WRITE);
                var _ = channel.lock()) {
            Outcome outcome = run("run", "--data", folder.toString());
            assertThat(outcome.code).isEqualTo(2);
            assertThat(outcome.errors)
                    .startsWith("tiebreak: the database in " + folder + " is in use by another process")
                    .hasLineCount(1);
        }
    }

    @Test
    void an_unknown_option_is_one_line() {
        Outcome outcome = run("run", "--data", folder.toString(), "--prot", "80");
        assertThat(outcome.code).isEqualTo(2);
        assertThat(outcome.errors).isEqualTo("tiebreak: unknown option '--prot': see ./tiebreak run --help\n");
    }

    private record Outcome(int code, String errors) {}

    private static Outcome run(String... arguments) {
        StringWriter errors = new StringWriter();
        int code = Main.commandLine().setErr(new PrintWriter(errors, true)).execute(arguments);
        return new Outcome(code, errors.toString());
    }
}
