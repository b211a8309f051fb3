package dev.tiebreak.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `./tiebreak` itself does before any Java of ours runs, on machines made of a few small scripts.
class StartScriptTest {
    private static final List<String> TOOLS = List.of(
            "bash",
            "cat",
            "dirname",
            "env",
            "find",
            "flock",
            "grep",
            "head",
            "mkdir",
            "readlink",
            "rm",
            "sed",
            "sleep",
            "tail",
            "touch");

    @TempDir
    Path machine;

    private final Map<String, String> environment = new HashMap<>();
    private Path home = Path.of("");

    @BeforeEach
    void a_machine_with_nothing_but_debians_base() throws IOException {
        Path bin = Files.createDirectories(machine.resolve("bin"));
        for (String tool : TOOLS) {
            script(bin.resolve(tool), "exec $(PATH=/usr/bin:/bin command -v " + tool + ") \"$@\"");
        }
        home = Files.createDirectories(machine.resolve("tiebreak-home"));
        Files.copy(Path.of("tiebreak"), home.resolve("tiebreak"), StandardCopyOption.COPY_ATTRIBUTES);
        environment.put("PATH", bin.toString());
        environment.put("HOME", machine.toString());
        environment.put("TIEBREAK_JDK_PLACES", machine + "/jvm/*");
    }

    @Test
    void without_a_jdk_25_it_says_so_in_one_line() throws Exception {
        jdk("java-17", 17);
        Outcome outcome = tiebreak("run");
        assertThat(outcome.code).isEqualTo(2);
        assertThat(outcome.errors)
                .isEqualTo("tiebreak: no JDK 25 found in JAVA_HOME, on the PATH or under /usr/lib/jvm:"
                        + " install one, or point JAVA_HOME to it\n");
    }

    @Test
    void a_jdk_25_is_found_although_the_default_is_older() throws Exception {
        Path old = jdk("java-17", 17);
        Path recent = jdk("temurin-25", 25);
        environment.put("JAVA_HOME", old.toString());
        assertThat(tiebreak("device").output).startsWith(recent + " dev.tiebreak.cli.Main device");
    }

    @Test
    void an_installed_image_needs_a_runtime_only() throws Exception {
        Path runtime = jdk("jre-25", 25);
        Files.delete(runtime.resolve("bin/javac"));
        environment.put("JAVA_HOME", runtime.toString());
        assertThat(tiebreak("device").output).startsWith(runtime + " dev.tiebreak.cli.Main device");
    }

    @Test
    void the_program_runs_in_the_callers_folder() throws Exception {
        jdk("temurin-25", 25);
        Path caller = Files.createDirectories(machine.resolve("somewhere else"));
        assertThat(tiebreak(caller, "run", "--data", "mine").output)
                .startsWith(machine.resolve("jvm/temurin-25") + " dev.tiebreak.cli.Main run --data mine\n")
                .contains("in " + caller.toRealPath() + "\n");
    }

    @Test
    void only_what_is_stale_is_built() throws Exception {
        jdk("temurin-25", 25);
        sources();
        Path jar = home.resolve("target/tiebreak.jar");
        maven("mkdir -p target/lib target/natives/cpu && echo x >> target/builds && touch target/tiebreak.jar");

        assertThat(tiebreak("device").code).isZero();
        assertThat(tiebreak("device").code).isZero();
        assertThat(builds()).as("the second start finds everything built").isEqualTo(1);

        Files.writeString(home.resolve("src/main/java/New.java"), "class New {}");
        Files.setLastModifiedTime(
                home.resolve("src/main/java/New.java"),
                FileTime.from(Files.getLastModifiedTime(jar).toInstant().plusSeconds(1)));
        assertThat(tiebreak("device").code).isZero();
        assertThat(builds()).as("a new source is built").isEqualTo(2);
    }

    @Test
    void a_build_that_fails_says_what_failed_and_starts_nothing() throws Exception {
        jdk("temurin-25", 25);
        sources();
        maven("echo '[INFO] compiling'; echo '[ERROR] Broken.java:[3,7] cannot find symbol'; exit 1");
        Outcome outcome = tiebreak("run");
        assertThat(outcome.code).isEqualTo(2);
        assertThat(outcome.output).isEmpty();
        assertThat(outcome.errors)
                .contains("[ERROR] Broken.java:[3,7] cannot find symbol\n")
                .doesNotContain("[INFO]")
                .endsWith("tiebreak: the build failed: see " + home.toRealPath() + "/target/build.log\n");
    }

    @Test
    void without_maven_it_says_which_package_has_it() throws Exception {
        jdk("temurin-25", 25);
        sources();
        assertThat(tiebreak("run").errors)
                .contains("tiebreak: Maven (mvn) is needed to build: install Debian's package maven\n");
    }

    @Test
    void a_gpu_start_without_libtorch_is_one_line() throws Exception {
        jdk("temurin-25", 25);
        assertThat(tiebreak("run", "--gpu"))
                .isEqualTo(new Outcome(
                        2,
                        "",
                        "tiebreak: --gpu needs PYTORCH_LIBRARY_PATH: the lib folder of a libtorch 2.7.1+cu128\n"));
        environment.put("PYTORCH_LIBRARY_PATH", machine.toString());
        assertThat(tiebreak("run", "--gpu").errors)
                .isEqualTo("tiebreak: PYTORCH_LIBRARY_PATH=" + machine + " is not a folder with libtorch.so\n");
    }

    @Test
    void a_gpu_start_leaves_the_natives_for_the_cpu_out() throws Exception {
        jdk("temurin-25", 25);
        assertThat(tiebreak("device").output).contains("/target/natives/cpu/*");
        Files.createFile(machine.resolve("libtorch.so"));
        environment.put("PYTORCH_LIBRARY_PATH", machine.toString());
        assertThat(tiebreak("run", "--gpu").output)
                .contains("dev.tiebreak.cli.Main run --gpu")
                .doesNotContain("natives/cpu")
                .contains("PyTorch 2.7.1 cu128");
    }

    /// A Java that tells its version, and for anything else says who, with what, and where it was called.
    private Path jdk(String name, int version) throws IOException {
        Path jdk = machine.resolve("jvm").resolve(name);
        script(jdk.resolve("bin/java"), """
                if [ "$1" = -version ]; then echo 'openjdk version "%d.0.3"' >&2; exit; fi
                all="$*"
                echo "%s ${all#*dev.tiebreak.cli.Main}" | sed 's/  */ dev.tiebreak.cli.Main /'
                echo "all $all"
                echo "in $PWD"
                echo "PyTorch ${PYTORCH_VERSION:-} ${PYTORCH_FLAVOR:-}"
                """.formatted(version, jdk));
        script(jdk.resolve("bin/javac"), "");
        return jdk;
    }

    private void sources() throws IOException {
        Files.createFile(home.resolve("pom.xml"));
        Files.createDirectories(home.resolve(".mvn"));
        Files.createDirectories(home.resolve("src/main/java"));
    }

    private void maven(String does) throws IOException {
        script(machine.resolve("bin/mvn"), does);
    }

    private long builds() throws IOException {
        return Files.readAllLines(home.resolve("target/builds")).size();
    }

    private static void script(Path file, String body) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/bash\n" + body + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private record Outcome(int code, String output, String errors) {}

    private Outcome tiebreak(String... arguments) throws Exception {
        return tiebreak(home, arguments);
    }

    private Outcome tiebreak(Path caller, String... arguments) throws Exception {
        ProcessBuilder builder = new ProcessBuilder();
        builder.command().add(home.resolve("tiebreak").toString());
        builder.command().addAll(List.of(arguments));
        builder.environment().clear();
        builder.environment().putAll(environment);
        Path output = machine.resolve("output");
        Path errors = machine.resolve("errors");
        Process process = builder.directory(caller.toFile())
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Outcome(process.exitValue(), Files.readString(output), Files.readString(errors));
    }
}
