package dev.tiebreak.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tiebreak.rlhf.TinyModel;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class TrainCommandTest {
    @TempDir
    Path folder;

    private String model = "";
    private String data = "";

    @BeforeEach
    void prepare() throws IOException {
        model = TinyModel.language(folder.resolve("base"), 1).toString();
        String row = "{\"prompt\":\"the cat %d is\",\"chosen\":\" good here\",\"rejected\":\" bad there dog\"}\n";
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < 40; i++) {
            rows.append(row.formatted(i));
        }
        data = Files.writeString(folder.resolve("pairs.jsonl"), rows).toString();
    }

    @Test
    void a_run_killed_in_the_middle_goes_on_to_the_rows_and_the_model_of_an_unbroken_one() throws Exception {
        assertThat(child("unbroken").waitFor()).isZero();

        Process killed = child("killed");
        while (rows("killed").size() < 20) { // four steps after the checkpoint, whose rows must not stand twice
            assertThat(killed.isAlive()).isTrue();
            Thread.sleep(2);
        }
        killed.destroyForcibly().waitFor();
        assertThat(folder.resolve("killed/model")).doesNotExist();

        assertThat(ChildJvm.start(
                                "train",
                                "dpo",
                                "--out",
                                folder.resolve("killed").toString(),
                                "--resume")
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("log").toFile())
                        .start()
                        .waitFor())
                .isZero();
        assertThat(Files.readString(folder.resolve("log"))).contains("Resuming from checkpoint-");
        assertThat(rows("killed")).isEqualTo(rows("unbroken")).hasSize(80);
        assertThat(folder.resolve("killed/model/model.safetensors"))
                .hasSameBinaryContentAs(folder.resolve("unbroken/model/model.safetensors"));
    }

    @Test
    void a_run_that_is_asked_to_end_writes_a_checkpoint_first() throws Exception {
        Process child = child("run");
        while (!Files.exists(folder.resolve("run/metrics.jsonl"))) {
            assertThat(child.isAlive()).isTrue();
            Thread.sleep(5);
        }
        child.destroy();
        assertThat(child.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(Files.readString(folder.resolve("run/status.json"))).contains("\"state\": \"cancelled\"");
        assertThat(folder.resolve("run")).isDirectoryContaining("glob:**checkpoint-*");
    }

    /// A limit on the size of files stands in for a full disk: there is room for the weights, but not for the
    /// optimiser's state, and the system refuses in the same way in the middle of the file.
    @Test
    void a_checkpoint_for_which_there_is_no_room_leaves_the_one_before_whole() throws Exception {
        assertThat(child("unbroken").waitFor()).isZero();
        Process stopped = child("full");
        while (!Files.exists(folder.resolve("full/checkpoint-8"))) {
            assertThat(stopped.isAlive()).isTrue();
            Thread.sleep(2);
        }
        stopped.destroyForcibly().waitFor();
        Path newest;
        try (Stream<Path> files = Files.list(folder.resolve("full"))) {
            newest = files.filter(file -> file.getFileName().toString().startsWith("checkpoint-"))
                    .max(Comparator.comparingInt(file ->
                            Integer.parseInt(file.getFileName().toString().substring(11))))
                    .orElseThrow();
        }

        ProcessBuilder resume = ChildJvm.start(
                "train", "dpo", "--resume", "--out", folder.resolve("full").toString());
        List<String> limited = new ArrayList<>(List.of("sh", "-c", "ulimit -f 1200; exec \"$@\"", "sh"));
        limited.addAll(resume.command());
        int code = new ProcessBuilder(limited)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start()
                .waitFor();

        assertThat(code).isEqualTo(2);
        String last = Files.readAllLines(folder.resolve("log")).getLast();
        assertThat(last)
                .startsWith("tiebreak: " + folder.resolve("full/checkpoint-"))
                .endsWith(" cannot be written: File too large; " + newest.getFileName()
                        + " is whole, and --resume goes on from it");
        assertThat(folder.resolve("full/status.json")).content().contains("\"failed\"", "File too large");
        try (Stream<Path> files = Files.list(folder.resolve("full"))) {
            assertThat(files).noneMatch(file -> file.toString().endsWith(".part"));
        }

        assertThat(resume.redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor())
                .isZero();
        assertThat(rows("full")).isEqualTo(rows("unbroken"));
    }

    @Test
    void programs_are_told_every_logged_row_and_the_end() throws Exception {
        Path out = folder.resolve("run");
        Process child = ChildJvm.start(
                        "train",
                        "simpo",
                        "--json",
                        "--model",
                        model,
                        "--data",
                        data,
                        "--out",
                        out.toString(),
                        "--set",
                        "max_steps=2")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        List<String> lines = child.inputReader(UTF_8).lines().toList();
        assertThat(child.waitFor()).isZero();
        assertThat(lines.subList(0, lines.size() - 1))
                .hasSize(2)
                .isEqualTo(Files.readAllLines(out.resolve("metrics.jsonl"), UTF_8));
        assertThat(lines.getLast()).contains("\"state\":\"finished\"").contains("/run/model");
    }

    @Test
    void wrong_input_is_said_in_one_line() {
        String out = folder.resolve("run").toString();
        assertThat(said("train", "grpo", "--out", out))
                .isEqualTo("there is no method 'grpo'; known are sft, rm, dpo, kto, orpo, cpo, simpo");
        assertThat(said("train", "rm", "--out", out)).isEqualTo("train needs --model and --data, or --resume");
        assertThat(said("train", "rm", "--out", out, "--model", model, "--data", data, "--set", "lr=1"))
                .startsWith("there is no setting 'lr' of rm; known are ");
        assertThat(said("train", "rm", "--out", out, "--resume", "--set", "seed=1"))
                .isEqualTo("--resume goes on with the run's own model, rows and settings: leave out the rest");
        assertThat(said("train", "rm", "--out", out, "--resume"))
                .isEqualTo(out + " holds no run to resume: run.json is missing");
        assertThat(folder.resolve("run")).doesNotExist();
        assertThat(said("train", "rm", "--out", out, "--model", model, "--data", folder.resolve("no") + ""))
                .isEqualTo(folder.resolve("no") + ": no such file");
    }

    private Process child(String out) throws IOException {
        List<String> arguments = new ArrayList<>(
                List.of("train", "dpo", "--model", model, "--data", data, "--out", folder.resolve(out) + ""));
        for (String setting :
                List.of("num_train_epochs=16", "learning_rate=1e-3", "per_device_train_batch_size=8", "save_steps=8")) {
            arguments.addAll(List.of("--set", setting));
        }
        return ChildJvm.start(arguments.toArray(String[]::new))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /// Logged rows without what depends on the machine's speed.
    private List<String> rows(String out) throws IOException {
        Path metrics = folder.resolve(out).resolve("metrics.jsonl");
        return (Files.exists(metrics) ? Files.readAllLines(metrics, UTF_8) : List.<String>of())
                .stream()
                        .map(line -> line.replaceFirst(",\"tokens_per_second\":\\d+", ""))
                        .toList();
    }

    private static String said(String... arguments) {
        StringWriter err = new StringWriter();
        assertThat(Main.commandLine().setErr(new PrintWriter(err, true)).execute(arguments))
                .isEqualTo(2);
        assertThat(err.toString().lines()).hasSize(1);
        return err.toString().strip().replaceFirst("^tiebreak: ", "");
    }
}
