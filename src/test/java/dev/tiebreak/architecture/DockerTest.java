package dev.tiebreak.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What can be known of the images without an engine to build them: that they copy what the start script needs, from
/// places that exist, and agree with pom.xml and the script about versions.
class DockerTest {
    private static final Pattern COPY = Pattern.compile("(?m)^COPY (--from=(\\w+) )?(.+) (\\S+)$");

    @ParameterizedTest
    @ValueSource(strings = {"docker/Dockerfile.cpu", "docker/Dockerfile.cuda"})
    void what_is_copied_from_the_repository_is_there_and_not_ignored(String file) throws IOException {
        List<String> ignored = Files.readAllLines(Path.of(".dockerignore"));
        assertThat(copied(file, null)).isNotEmpty().allSatisfy(source -> {
            assertThat(Path.of(source)).exists();
            assertThat(ignored).doesNotContain(source);
        });
        assertThat(copied(file, null))
                .as("what the build and the script read")
                .contains("pom.xml", ".mvn", "src", "frontend", "tiebreak", "annotation-rubrics", "sample-data");
    }

    @Test
    void the_images_hold_what_the_script_puts_on_the_class_path() throws IOException {
        String script = Files.readString(Path.of("tiebreak"));
        assertThat(script)
                .contains("-cp \"$root/target/tiebreak.jar:$root/target/lib/*${natives:+:$natives}\"")
                .contains("natives=\"$root/target/natives/cpu/*\"");
        assertThat(copied("docker/Dockerfile.cpu", "build"))
                .containsExactly("/src/target/tiebreak.jar", "/src/target/lib", "/src/target/natives");
        assertThat(copied("docker/Dockerfile.cuda", "build"))
                .as("without the natives for the CPU, so that DJL takes those for CUDA")
                .containsExactly("/src/target/tiebreak.jar", "/src/target/lib");
        assertThat(entryPoint("docker/Dockerfile.cpu"))
                .isEqualTo("\"./tiebreak\", \"run\", \"--address\", \"0.0.0.0\", \"--data\", \"/data\"");
        assertThat(entryPoint("docker/Dockerfile.cuda")).contains("\"--gpu\"");
    }

    @Test
    void everybody_means_the_same_libtorch() throws IOException {
        String version = first(Files.readString(Path.of("pom.xml")), "<libtorch.version>([^<]+)<");
        String cuda = Files.readString(Path.of("docker/Dockerfile.cuda"));
        assertThat(first(cuda, "torch==(\\S+)")).isEqualTo(version);
        assertThat(first(cuda, "PYTORCH_VERSION=(\\S+)")).isEqualTo(version);
        assertThat(first(cuda, "whl/(\\w+)")).isEqualTo(first(cuda, "PYTORCH_FLAVOR=(\\w+)"));
        String script = Files.readString(Path.of("tiebreak"));
        assertThat(first(script, "PYTORCH_VERSION:-([^}]+)}")).isEqualTo(version);
        assertThat(first(script, "PYTORCH_FLAVOR:-([^}]+)}")).isEqualTo(first(cuda, "PYTORCH_FLAVOR=(\\w+)"));
        assertThat(Files.readString(Path.of("README.md"))).contains("libtorch **" + version + "**");
    }

    @Test
    void compose_names_the_settings_that_the_application_reads() throws IOException {
        String compose = Files.readString(Path.of("docker/compose.yaml"));
        String settings = Files.readString(Path.of("src/main/resources/application-postgres.yaml"));
        assertThat(compose).contains("SPRING_PROFILES_ACTIVE: postgres\n");
        assertThat(Pattern.compile("(?m)^ +(TIEBREAK_\\w+): ").matcher(compose).results())
                .hasSize(3)
                .allSatisfy(setting -> assertThat(settings).contains("${" + setting.group(1) + ":"));
    }

    /// @param stage the stage copied from; null for the repository
    private static List<String> copied(String file, @Nullable String stage) throws IOException {
        return COPY.matcher(Files.readString(Path.of(file)))
                .results()
                .filter(copy -> Objects.equals(stage, copy.group(2)))
                .flatMap(copy -> Arrays.stream(copy.group(3).split(" ")))
                .distinct()
                .toList();
    }

    private static String entryPoint(String file) throws IOException {
        return first(Files.readString(Path.of(file)), "(?m)^ENTRYPOINT \\[(.+)]$");
    }

    private static String first(String text, String pattern) {
        var found = Pattern.compile(pattern).matcher(text);
        assertThat(found.find()).as(pattern).isTrue();
        return found.group(1);
    }
}
