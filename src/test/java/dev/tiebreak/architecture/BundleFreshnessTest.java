package dev.tiebreak.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The committed bundle is the one that the sources in `frontend/` make: `frontend/build.mjs` writes into it the hashes
/// of what it read and what it wrote.
class BundleFreshnessTest {
    private static final Path FRONTEND = Path.of("frontend");
    private static final Path BUNDLE = Path.of("src/main/resources/META-INF/resources/tiebreak");
    private static final Set<String> NOT_SOURCES = Set.of("node_modules", "vaadin");

    @Test
    void the_bundle_was_built_from_the_sources_as_they_are() throws IOException {
        assertThat(committed().get("sources").asString())
                .as("frontend/ was changed after the bundle was built: run ./tiebreak frontend")
                .isEqualTo(hash(FRONTEND, NOT_SOURCES));
    }

    @Test
    void the_bundle_is_complete_and_nobody_has_touched_it_since() throws IOException {
        assertThat(committed().get("bundle").asString())
                .as(BUNDLE + " is not what the build wrote: run ./tiebreak frontend and commit all of it")
                .isEqualTo(hash(BUNDLE, Set.of("bundle.json")));
    }

    @Test
    void every_source_counts_and_what_the_build_fetches_does_not(@TempDir Path copy) throws IOException {
        for (String source : files(FRONTEND, NOT_SOURCES)) {
            Path to = copy.resolve(source);
            Files.createDirectories(to.getParent());
            Files.copy(FRONTEND.resolve(source), to);
        }
        String before = hash(copy, NOT_SOURCES);
        assertThat(before).isEqualTo(hash(FRONTEND, NOT_SOURCES));

        Files.createDirectories(copy.resolve("node_modules/lit"));
        Files.writeString(copy.resolve("node_modules/lit/index.js"), "fetched");
        assertThat(hash(copy, NOT_SOURCES)).isEqualTo(before);

        for (String source : files(copy, NOT_SOURCES)) {
            String unchanged = hash(copy, NOT_SOURCES);
            Files.writeString(copy.resolve(source), "\n", StandardOpenOption.APPEND);
            assertThat(hash(copy, NOT_SOURCES)).as(source).isNotEqualTo(unchanged);
        }
        String unchanged = hash(copy, NOT_SOURCES);
        Files.writeString(copy.resolve("src/new.ts"), "");
        assertThat(hash(copy, NOT_SOURCES)).as("a new file").isNotEqualTo(unchanged);
    }

    private static JsonNode committed() throws IOException {
        return JsonMapper.shared().readTree(Files.readString(BUNDLE.resolve("bundle.json")));
    }

    /// SHA-256 over one line `<sha256 of the file>  <path>\n` per file, sorted by path.
    private static String hash(Path root, Set<String> without) throws IOException {
        return sha256(files(root, without).stream()
                .map(path -> sha256(read(root.resolve(path))) + "  " + path + "\n")
                .collect(Collectors.joining())
                .getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> files(Path root, Set<String> without) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> root.relativize(file).toString())
                    .filter(path -> !without.contains(path.split("/")[0]))
                    .filter(path -> !path.matches("(.*/)?\\..*"))
                    .sorted()
                    .toList();
        }
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sha256(byte[] data) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(data));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
