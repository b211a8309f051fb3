package dev.tiebreak.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import dev.tiebreak.rlhf.TinyModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkerCommandTest {
    @TempDir
    Path folder;

    @Test
    void a_child_process_writes_answers_and_nothing_else_and_ends_with_its_input() throws Exception {
        Path model = TinyModel.language(folder.resolve("model"), 1);
        Process worker = ChildJvm.start("worker")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (var requests = worker.getOutputStream()) {
            requests.write("""
                    {"id":"1","op":"generate","model":"%s","messages":[{"role":"user","content":"Hello"}],"max_new_tokens":20}
                    """.formatted(model).getBytes(UTF_8));
        }
        List<String> lines = lines(worker);
        assertThat(worker.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(worker.exitValue()).isZero();
        assertThat(lines)
                .allSatisfy(line ->
                        assertThat(JsonParser.parseString(line).isJsonObject()).isTrue());
        assertThat(lines.getFirst()).startsWith("{\"type\":\"ready\"");
        assertThat(lines.getLast()).startsWith("{\"id\":\"1\",\"type\":\"done\"");
    }

    private static List<String> lines(Process worker) throws IOException {
        try (var reader = worker.inputReader(UTF_8)) {
            return reader.lines().toList();
        }
    }
}
