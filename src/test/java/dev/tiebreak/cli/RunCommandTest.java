package dev.tiebreak.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
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

    @Test
    void an_unknown_command_is_one_line() {
        assertThat(run("rum").errors)
                .isEqualTo("tiebreak: there is no command or option 'rum': see ./tiebreak --help\n");
    }

    @Test
    void every_command_explains_itself() {
        Main.commandLine().getSubcommands().forEach((name, command) -> {
            StringWriter help = new StringWriter();
            int code = Main.commandLine().setOut(new PrintWriter(help)).execute(name, "--help");
            assertThat(code).as(name).isZero();
            assertThat(help.toString()).as(name).startsWith("Usage: tiebreak " + name);
        });
    }

    @Test
    void what_has_an_option_of_its_own_is_not_passed_on() {
        assertThat(run("run", "--data", folder.toString(), "--server.address=0.0.0.0").errors)
                .isEqualTo("tiebreak: say --address instead of --server.address\n");
    }

    @Test
    void an_unknown_profile_is_one_line() {
        assertThat(run("run", "--data", folder.toString(), "--spring.profiles.active=postgre").errors)
                .isEqualTo("tiebreak: there is no profile 'postgre': the only one is postgres\n");
    }

    @Test
    void a_damaged_database_is_one_line_and_stays_as_it_was() throws Exception {
        Path database = Files.createDirectories(folder.resolve("db")).resolve("tiebreak.mv.db");
        byte[] damaged =
                "H:2,block:3,blockSize:1000,chunk:1,garbage".repeat(500).getBytes(StandardCharsets.UTF_8);
        Files.write(database, damaged);
        Outcome outcome = run("run", "--data", folder.toString(), "--port", "0");
        assertThat(outcome.code).isEqualTo(2);
        assertThat(outcome.errors)
                .startsWith("tiebreak: the database in " + folder + " is damaged (")
                .endsWith("put a copy back, or choose another folder with --data\n")
                .hasLineCount(1);
        assertThat(database).hasBinaryContent(damaged);
    }

    @Test
    void an_unreachable_postgresql_is_one_line_without_its_password() {
        Outcome outcome = run(
                "run",
                "--data",
                folder.toString(),
                "--port",
                "0",
                "--spring.profiles.active=postgres",
                "--spring.datasource.url=jdbc:postgresql://127.0.0.1:1/tiebreak?password=secret");
        assertThat(outcome.code).isEqualTo(2);
        assertThat(outcome.errors)
                .startsWith("tiebreak: the database jdbc:postgresql://127.0.0.1:1/tiebreak cannot be reached: ")
                .doesNotContain("secret")
                .hasLineCount(1);
    }

    @Test
    void a_wrong_setting_is_one_line() {
        assertThat(run("run", "--data", folder.toString(), "--port", "0", "--spring.jpa.open-in-view=maybe").errors)
                .isEqualTo("tiebreak: the setting spring.jpa.open-in-view is wrong: Invalid boolean value 'maybe'\n");
    }

    private record Outcome(int code, String errors) {}

    private static Outcome run(String... arguments) {
        StringWriter errors = new StringWriter();
        int code = Main.commandLine().setErr(new PrintWriter(errors, true)).execute(arguments);
        return new Outcome(code, errors.toString());
    }
}
