package dev.tiebreak.sample;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SampleDataTest {
    private static final Path COMMITTED = Path.of("sample-data");

    @Test
    void the_generator_writes_what_is_committed_byte_for_byte(@TempDir Path out) throws Exception {
        Path log = out.resolve("generator.log");
        Process generator = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "sample-data/Generate.java",
                        "--out",
                        out.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();

        assertThat(generator.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(generator.exitValue()).as(Files.readString(log)).isZero();
        for (String file : List.of(
                "everyday/project.json",
                "everyday/prompts.jsonl",
                "everyday/votes.jsonl",
                "small-talk/project.json",
                "small-talk/prompts.jsonl",
                "small-talk/votes.jsonl",
                "preferences.jsonl",
                "heldout-preferences.jsonl")) {
            assertThat(out.resolve(file)).hasSameBinaryContentAs(COMMITTED.resolve(file));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"everyday", "small-talk"})
    void every_vote_is_about_two_completions_of_its_prompt(String project) throws IOException {
        Set<String> completions = rows(project + "/prompts.jsonl").stream()
                .flatMap(prompt -> prompt.getAsJsonArray("completions").asList().stream()
                        .map(completion -> prompt.get("id").getAsString() + " "
                                + completion.getAsJsonObject().get("id").getAsString()))
                .collect(Collectors.toSet());

        assertThat(rows(project + "/votes.jsonl")).allSatisfy(vote -> {
            String prompt = vote.get("prompt").getAsString();
            assertThat(completions)
                    .contains(
                            prompt + " " + vote.get("left").getAsString(),
                            prompt + " " + vote.get("right").getAsString());
            assertThat(vote.get("left")).isNotEqualTo(vote.get("right"));
        });
    }

    @Test
    void held_out_questions_occur_neither_in_the_pairs_nor_in_the_project() throws IOException {
        Set<String> seen = rows("preferences.jsonl").stream()
                .map(row -> row.get("prompt").toString())
                .collect(Collectors.toSet());
        rows("small-talk/prompts.jsonl")
                .forEach(row -> seen.add(row.get("turns").toString()));

        assertThat(rows("heldout-preferences.jsonl"))
                .noneMatch(row -> seen.contains(row.get("prompt").toString()));
    }

    private static List<JsonObject> rows(String file) throws IOException {
        return Files.readAllLines(COMMITTED.resolve(file)).stream()
                .map(line -> JsonParser.parseString(line).getAsJsonObject())
                .toList();
    }
}
