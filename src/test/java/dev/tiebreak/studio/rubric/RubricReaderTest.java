package dev.tiebreak.studio.rubric;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiebreak.studio.rubric.RubricReader.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RubricReaderTest {

    static final String SOUND = """
            key: tea
            title: Tea
            summary: Which cup is better?
            instructions: Drink both.
            strength: {much: m, clearly: c, slightly: s, tie: t, both_bad: b}
            precedence:
              order: [warmth, taste]
              note: Cold tea loses.
            criteria:
              - id: taste
                name: Taste
                question: Does it taste of tea?
                scale: {from: 1, to: 3}
                anchors:
                  - {value: 1, label: Bad, text: Like water.}
                  - {value: 3, label: Good, text: Like tea.}
              - id: warmth
                name: Warmth
                question: Is it hot?
                scale: {from: 0, to: 1}
                anchors:
                  - {value: 0, label: "No", text: Cold.}
                  - {value: 1, label: "Yes", text: Hot.}
            examples:
              - {prompt: Tea please, better: A cup, worse: A spoon, why: One cannot drink a spoon.}
            skip_reasons: [I do not drink tea]
            reason_chips: [Too weak]
            """;

    @Test
    void a_sound_file_is_read_in_full() {
        RubricSheet sheet = sound(SOUND);

        assertThat(sheet.key()).isEqualTo(new RubricKey("tea"));
        assertThat(sheet.criteria()).extracting(Criterion::name).containsExactly("Taste", "Warmth");
        assertThat(sheet.criteria().get(1).anchors())
                .containsExactly(new Criterion.Anchor(0, "No", "Cold."), new Criterion.Anchor(1, "Yes", "Hot."));
        assertThat(sheet.examples())
                .containsExactly(new RubricExample("Tea please", "A cup", "A spoon", "One cannot drink a spoon."));
        assertThat(sheet.skipReasons()).containsExactly("I do not drink tea");
        assertThat(sheet.guidance()).contains("Drink both.", "**Tie:** t", "Warmth > Taste", "Cold tea loses.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"helpful-honest-harmless", "summarisation"})
    void the_rubrics_of_the_house_are_sound(String key) throws IOException {
        String yaml = Files.readString(Path.of("annotation-rubrics", key + ".yaml"));

        RubricSheet sheet = sound(yaml);

        assertThat(sheet.key().value()).isEqualTo(key);
        assertThat(sheet.examples()).hasSizeGreaterThanOrEqualTo(4);
    }

    @Test
    void every_problem_is_listed_with_its_line_not_only_the_first() {
        String yaml = SOUND.replace("title: Tea\n", "tittle: Tea\n")
                .replace("summary: Which cup is better?", "summary: 12")
                .replace("reason_chips: [Too weak]", "reason_chips: none");

        assertThat(problems(yaml))
                .containsExactly(
                        "tea.yaml:1: key 'title' is missing",
                        "tea.yaml:2: unknown key 'tittle'",
                        "tea.yaml:3: 'summary' must be text; put 12 in quotes",
                        "tea.yaml:27: 'reason_chips' must be a list with at least one item");
    }

    @Test
    void anchors_must_lie_on_the_scale_rise_and_cover_its_ends() {
        assertThat(problems(SOUND.replace("{value: 3,", "{value: 4,")))
                .containsExactly(
                        "tea.yaml:14: value 3, an end of the scale, has no anchor",
                        "tea.yaml:16: anchor 4 is outside the scale 1 to 3");
        assertThat(problems(SOUND.replace("{value: 1, label: Bad", "{value: 3, label: Bad")))
                .containsExactly(
                        "tea.yaml:14: value 1, an end of the scale, has no anchor",
                        "tea.yaml:16: anchor 3 does not rise above anchor 3 before it");
        assertThat(problems(SOUND.replace("{from: 1, to: 3}", "{from: 3, to: 1}")))
                .containsExactly("tea.yaml:13: the scale must rise, but goes from 3 to 1");
    }

    @Test
    void criteria_have_ids_of_their_own() {
        assertThat(problems(SOUND.replace("id: warmth", "id: taste")))
                .contains(
                        "tea.yaml:17: criterion 'taste' is already there",
                        "tea.yaml:7: 'warmth' is not the id of a criterion");
        assertThat(problems(SOUND.replace("id: warmth", "id: Warm th")))
                .contains("tea.yaml:17: 'Warm th' must be lower-case words joined by hyphens, at most 100 characters");
    }

    @Test
    void precedence_names_every_criterion_once() {
        assertThat(problems(SOUND.replace("[warmth, taste]", "[warmth, warmth]")))
                .containsExactly("tea.yaml:7: 'warmth' is already there", "tea.yaml:7: criterion 'taste' is missing");
    }

    @Test
    void a_key_given_twice_is_a_problem() {
        assertThat(problems(SOUND + "title: Coffee\n")).containsExactly("tea.yaml:28: key 'title' is already there");
    }

    @Test
    void an_unquoted_yes_is_not_text() {
        assertThat(problems(SOUND.replace("\"Yes\"", "Yes")))
                .containsExactly("tea.yaml:23: 'label' must be text; put Yes in quotes");
    }

    @Test
    void what_is_not_yaml_is_one_problem_at_its_line() {
        assertThat(problems("key: tea\ntitle: [unclosed\n"))
                .singleElement()
                .asString()
                .startsWith("tea.yaml:3: is not YAML: ");
        assertThat(problems(""))
                .containsExactly("tea.yaml:1: must be a mapping with the key 'key' and the other keys of a rubric");
        assertThat(problems("key: a\u0007b")).singleElement().asString().contains("is not YAML");
    }

    @Test
    void a_hostile_file_constructs_nothing_and_ends_in_problems() {
        assertThat(problems("!!javax.script.ScriptEngineManager [!!java.net.URL ['http://localhost']]"))
                .isNotEmpty();
        assertThat(problems("a: &a [*a, *a]\nkey: *a")).isNotEmpty();
        assertThat(problems("[".repeat(5000))).isNotEmpty();
    }

    static RubricSheet sound(String yaml) {
        return switch (RubricReader.read("tea.yaml", yaml)) {
            case Reading.Sound(RubricSheet sheet) -> sheet;
            case Reading.Broken(List<RubricProblem> problems) -> throw new AssertionError(problems);
        };
    }

    static List<String> problems(String yaml) {
        return switch (RubricReader.read("tea.yaml", yaml)) {
            case Reading.Sound _ -> List.of();
            case Reading.Broken(List<RubricProblem> problems) ->
                problems.stream().map(RubricProblem::toString).toList();
        };
    }
}
