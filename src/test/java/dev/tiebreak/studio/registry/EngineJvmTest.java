package dev.tiebreak.studio.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class EngineJvmTest {

    @Test
    void runs_a_command_with_its_arguments_and_gives_back_output_and_exit_code() throws Exception {
        Process help =
                new EngineJvm().start(List.of("export", "--help"), Redirect.PIPE, Redirect.PIPE, Redirect.INHERIT);
        String output = new String(help.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(output).startsWith("Usage: tiebreak export");
        assertThat(help.waitFor()).isZero();

        Process wrong = new EngineJvm().start(List.of("trian"), Redirect.PIPE, Redirect.DISCARD, Redirect.DISCARD);
        assertThat(wrong.waitFor()).isEqualTo(2);
    }
}
