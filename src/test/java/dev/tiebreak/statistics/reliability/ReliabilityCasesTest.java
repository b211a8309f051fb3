package dev.tiebreak.statistics.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/// Worked cases come from many hands: the same data in any of these forms gives the same numbers.
class ReliabilityCasesTest {

    @ParameterizedTest
    @ValueSource(strings = {"""
                {"labels": [["t1","a","yes"],["t1","b","yes"],["t1","c","no"],["t2","a","no"],["t2","c","no"]]}""", """
                {"columns": ["annotator","item","label"],
                 "labels": [["a",1,0],["b",1,0],["c",1,9],["a",2,9],["c",2,9]]}""", """
                {"labels": [{"task":"x","worker":"a","label":true},{"task":"x","worker":"b","label":true},
                  {"task":"x","worker":"c","label":false},{"task":"y","worker":"a","label":false},
                  {"task":"y","worker":"c","label":false}]}""", """
                {"labels": [[0,0,1],[1,null,1]]}""", """
                {"labels": {"a":[0,1],"b":[0,null],"c":[1,1]}}""", """
                {"labels": {"t1":{"a":0,"b":0,"c":1},"t2":{"a":1,"c":1}}}"""})
    void labels_in_any_form_give_the_same_skills(String input) {
        Map<String, Object> computed = computed("annotator_agreement_with_majority", input);
        assertThat(((Map<?, ?>) Objects.requireNonNull(computed.get("skill"))).values())
                .map(Object::toString)
                .containsExactly("1.0", "1.0", "0.5");
    }

    @Test
    void labels_keep_the_names_they_came_with() {
        Map<String, Object> computed = computed("dawid_skene", """
                {"labels": [["t1","a","yes"],["t1","b","yes"],["t1","c","no"],["t2","a","no"],["t2","c","no"],["t2","b","no"]]}""");
        assertThat(computed.get("map_label")).isEqualTo(Map.of("t1", "yes", "t2", "no"));
        assertThat(((Map<?, ?>) Objects.requireNonNull(computed.get("confusion"))).keySet())
                .map(Object::toString)
                .containsExactly("a", "b", "c");
    }

    @ParameterizedTest
    @ValueSource(strings = {"""
                {"patterns": {"00": 3, "01": 2, "10": 5, "11": 4}, "discrimination": 1}""", """
                {"patterns": [["00", 3], ["01", 2], ["10", 5], ["11", 4]], "discrimination": 1}""", """
                {"patterns": [[[0,0], 3], [[0,1], 2], [[1,0], 5], [[1,1], 4]], "discrimination": 1}""", """
                {"patterns": [{"pattern":"00","count":3},{"pattern":"01","n":2},{"pattern":[1,0],"freq":5},
                  {"pattern":[true,true],"count":4}], "discrimination": 1}""", """
                {"patterns": [[0,0,3],[0,1,2],[1,0,5],[1,1,4]], "n": 14, "discrimination": 1}""", """
                {"patterns": [[0,0],[0,0],[0,0],[0,1],[0,1],[1,0],[1,0],[1,0],[1,0],[1,0],[1,1],[1,1],[1,1],[1,1]],
                  "n": 14, "ability": "N(0, 1)", "discrimination": 1}""", """
                {"patterns": ["00","00","00","01","01","10","10","10","10","10","11","11","11","11"],
                  "discrimination": 1}"""})
    void patterns_in_any_form_give_the_same_difficulties(String input) {
        var expected = (RaschFit.Fitted) RaschModel.withDiscrimination(1)
                .of(new Responses(2)
                        .addTimes(3, 0, 0)
                        .addTimes(2, 0, 1)
                        .addTimes(5, 1, 0)
                        .addTimes(4, 1, 1));
        assertThat((Double) computed("rasch_mml", input).get("loglik")).isEqualTo(expected.logLikelihood());
    }

    private static Map<String, Object> computed(String statistic, String input) {
        return Objects.requireNonNull(ReliabilityCases.ALL.get(statistic))
                .apply(JsonMapper.shared().readTree(input));
    }
}
