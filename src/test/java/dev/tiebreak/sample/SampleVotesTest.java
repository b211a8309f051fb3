package dev.tiebreak.sample;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The habits that the README tells are in the votes, so that an audit has something true to find.
class SampleVotesTest {
    private static final Path PROJECT = Path.of("sample-data", "everyday");

    private static Map<String, List<JsonObject>> votesOf = Map.of();
    private static Map<String, String> textOf = Map.of();

    @BeforeAll
    static void read() throws IOException {
        votesOf = rows("votes.jsonl")
                .collect(groupingBy(vote -> vote.get("annotator").getAsString()));
        textOf = rows("prompts.jsonl")
                .flatMap(prompt -> prompt.getAsJsonArray("completions").asList().stream())
                .map(completion -> completion.getAsJsonObject())
                .collect(toMap(
                        completion -> completion.get("id").getAsString(),
                        completion -> completion.get("text").getAsString()));
    }

    @Test
    void chloe_favours_the_left_side() {
        Predicate<JsonObject> left = vote -> vote.get("choice").getAsString().equals("left");
        assertThat(shareOfPreferences("chloe", left)).isGreaterThan(0.6);
        for (String other : List.of("ada", "ben", "dmitri", "emeka", "farah")) {
            assertThat(shareOfPreferences(other, left)).as(other).isBetween(0.4, 0.6);
        }
    }

    @Test
    void dmitri_favours_length_more_than_anybody() {
        double dmitri = shareOfPreferences("dmitri", SampleVotesTest::choseTheLonger);
        for (String other : List.of("ada", "ben", "chloe", "emeka", "farah")) {
            assertThat(shareOfPreferences(other, SampleVotesTest::choseTheLonger))
                    .as(other)
                    .isLessThan(dmitri - 0.05);
        }
    }

    @Test
    void emeka_agrees_with_others_less_at_last_and_farah_is_fast() {
        List<JsonObject> emeka = votesOf.getOrDefault("emeka", List.of());
        int half = emeka.size() / 2;
        assertThat(agreementWithOthers(emeka.subList(0, half)))
                .isGreaterThan(agreementWithOthers(emeka.subList(half, emeka.size())) + 0.05);
        assertThat(medianActiveMs("farah") * 3).isLessThan(medianActiveMs("ada"));
    }

    private static double shareOfPreferences(String annotator, Predicate<JsonObject> chosen) {
        List<JsonObject> preferences = votesOf.getOrDefault(annotator, List.of()).stream()
                .filter(vote -> vote.get("strength").getAsInt() > 0)
                .toList();
        return (double) preferences.stream().filter(chosen).count() / preferences.size();
    }

    private static boolean choseTheLonger(JsonObject vote) {
        boolean left = vote.get("choice").getAsString().equals("left");
        return length(vote, left ? "left" : "right") > length(vote, left ? "right" : "left");
    }

    private static int length(JsonObject vote, String side) {
        return textOf.getOrDefault(vote.get(side).getAsString(), "").length();
    }

    /// Share of the votes of others on the same comparisons that choose the same completion.
    private static double agreementWithOthers(List<JsonObject> votes) {
        Map<String, List<JsonObject>> byPair =
                votesOf.values().stream().flatMap(List::stream).collect(groupingBy(SampleVotesTest::pair));
        long same = 0;
        long all = 0;
        for (JsonObject vote : votes) {
            for (JsonObject other : byPair.getOrDefault(pair(vote), List.of())) {
                if (!other.get("annotator").equals(vote.get("annotator"))) {
                    all++;
                    same += chosen(other).equals(chosen(vote)) ? 1 : 0;
                }
            }
        }
        return (double) same / all;
    }

    private static String pair(JsonObject vote) {
        String left = vote.get("left").getAsString();
        String right = vote.get("right").getAsString();
        return left.compareTo(right) < 0 ? left + " " + right : right + " " + left;
    }

    private static String chosen(JsonObject vote) {
        String choice = vote.get("choice").getAsString();
        return vote.has(choice) ? vote.get(choice).getAsString() : choice;
    }

    private static long medianActiveMs(String annotator) {
        long[] times = votesOf.getOrDefault(annotator, List.of()).stream()
                .mapToLong(vote -> vote.get("active_ms").getAsLong())
                .sorted()
                .toArray();
        return times[times.length / 2];
    }

    private static Stream<JsonObject> rows(String file) throws IOException {
        return Files.readAllLines(PROJECT.resolve(file)).stream()
                .map(line -> JsonParser.parseString(line).getAsJsonObject());
    }
}
