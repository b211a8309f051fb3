package dev.tiebreak.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonParser;
import java.lang.ProcessBuilder.Redirect;
import org.junit.jupiter.api.Test;

class BenchTrainCommandTest {

    @Test
    void every_technique_of_a_method_is_measured_in_a_process_of_its_own() throws Exception {
        Process child = ChildJvm.start(
                        "bench",
                        "train",
                        "--method",
                        "rm",
                        "--hidden",
                        "32",
                        "--layers",
                        "1",
                        "--heads",
                        "2",
                        "--kv-heads",
                        "2",
                        "--vocab",
                        "100",
                        "--batch",
                        "2",
                        "--steps",
                        "1",
                        "--json")
                .redirectError(Redirect.DISCARD)
                .start();
        String said = new String(child.getInputStream().readAllBytes());
        assertThat(child.waitFor()).as(said).isZero();
        JsonArray rows = JsonParser.parseString(said).getAsJsonArray();
        assertThat(rows)
                .extracting(row -> row.getAsJsonObject().get("technique").getAsString())
                .containsExactly(
                        "as trained",
                        "prompts laid down twice",
                        "sequences padded",
                        "layers run again",
                        "AdamW weight by weight");
        assertThat(rows)
                .allSatisfy(row -> assertThat(
                                row.getAsJsonObject().get("peak_gigabytes").getAsDouble())
                        .isBetween(0.1, 2.0));
    }
}
