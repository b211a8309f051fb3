package dev.tiebreak.statistics.reliability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tiebreak.statistics.CaseValues;
import dev.tiebreak.statistics.Estimate;
import dev.tiebreak.statistics.Labels;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class MajorityVoteTest {

    /// From `src/test/scripts/reliability_fixture.py`; some items are tied, some annotators repeat themselves.
    @Test
    void winners_and_skills_are_those_of_crowd_kit() {
        JsonNode expected = JsonMapper.shared()
                .readTree(
                        Path.of("src/test/resources/statistics/crowd-kit.json").toFile());
        Labels labels = NamedLabels.read(expected).labels();
        MajorityVote vote = MajorityVote.of(labels);
        int[] winners = CaseValues.ints(expected.path("majority"));
        for (int item = 0; item < winners.length; item++) {
            assertThat(vote.winner(item)).hasValue(winners[item]);
        }
        double[] skills = CaseValues.doubles(expected.path("skill"));
        for (int annotator = 0; annotator < skills.length; annotator++) {
            assertThat(CaseValues.value(vote.skills(0.95).get(annotator))).isCloseTo(skills[annotator], within(1e-12));
        }
    }

    @Test
    void of_equally_many_votes_the_lowest_category_wins_and_the_tie_is_told() {
        MajorityVote vote = MajorityVote.of(Labels.builder(3)
                .add(0, 0, 2)
                .add(0, 1, 1)
                .add(1, 0, 2)
                .add(1, 1, 2)
                .add(3, 0, 0)
                .build());
        assertThat(vote.winner(0)).hasValue(1);
        assertThat(vote.isTied(0)).isTrue();
        assertThat(vote.winner(1)).hasValue(2);
        assertThat(vote.isTied(1)).isFalse();
        assertThat(vote.share(1, 2)).isEqualTo(1);
        assertThat(vote.winner(2)).as("no labels").isEmpty();
        assertThat(vote.isTied(2)).isFalse();
        assertThat(vote.share(2, 0)).isZero();
    }

    @Test
    void a_label_given_twice_votes_twice_and_is_said_once() {
        // annotator 0 says category 1 twice on item 0: it wins 2 to 1, and each said one thing
        MajorityVote vote = MajorityVote.of(
                Labels.builder(2).add(0, 0, 1).add(0, 0, 1).add(0, 1, 0).build());
        assertThat(vote.winner(0)).hasValue(1);
        assertThat(vote.skills(0.95).get(0)).isEqualTo(Estimate.share(1, 1, 0.95));
        assertThat(vote.skills(0.95).get(1)).isEqualTo(Estimate.share(0, 1, 0.95));
    }

    @Test
    void ones_own_vote_does_not_count_as_the_others() {
        // by hand: annotator 2 stands alone on item 0; on item 1 the two others are split, on item 2 they agree
        Labels labels = Labels.builder(2)
                .add(0, 0, 0)
                .add(0, 1, 0)
                .add(0, 2, 1)
                .add(1, 0, 0)
                .add(1, 1, 1)
                .add(1, 2, 1)
                .add(2, 0, 1)
                .add(2, 1, 1)
                .add(2, 2, 1)
                .build();
        List<Estimate> agreement = MajorityVote.of(labels).agreementWithOthers(0.95);
        assertThat(agreement.get(2)).isEqualTo(Estimate.share(1, 2, 0.95));
        assertThat(agreement.get(0)).isEqualTo(Estimate.share(1, 2, 0.95)); // item 0: others split; 1: no; 2: yes
        assertThat(MajorityVote.of(labels).skills(0.95).get(2)).isEqualTo(Estimate.share(2, 3, 0.95));
    }

    @Test
    void who_guesses_has_more_than_guessing_as_a_skill_and_not_with_others() {
        double[] accuracies = {0.5, 0.9, 0.9}; // of two categories
        Labels labels = SimulatedLabels.of(11, 20_000, accuracies, 3, 2).labels();
        MajorityVote vote = MajorityVote.of(labels);
        // others agree in .9² + .1² of items, whatever the guesser says: .5; else the guesser decides: .82 · .5 + .18
        assertThat(CaseValues.value(vote.agreementWithOthers(0.95).get(0))).isCloseTo(0.5, within(0.015));
        assertThat(CaseValues.value(vote.skills(0.95).get(0))).isCloseTo(0.59, within(0.015));
    }

    @Test
    void nothing_shared_is_refused_with_a_reason() {
        Labels alone = Labels.builder(2).add(0, 1, 0).add(1, 1, 1).build();
        assertThat(MajorityVote.of(alone).skills(0.95))
                .containsOnly(new Estimate.Undefined(
                        "one annotator alone cannot be judged: let at least two label the same items"));
        Labels shared = Labels.builder(2).add(0, 0, 0).add(0, 2, 0).build();
        assertThat(MajorityVote.of(shared).skills(0.95).get(1))
                .isEqualTo(new Estimate.Undefined("this annotator has no labels yet"));
        assertThat(MajorityVote.of(shared).agreementWithOthers(0.95).get(1)).isInstanceOf(Estimate.Undefined.class);
    }

    /// 500 simulated studies: coverage of a right 95 % interval has a standard error of 1 %, so 92 to 97 % are
    /// allowed.
    @Test
    void a_95_percent_interval_covers_the_agreement_in_95_percent_of_studies() {
        double[] accuracies = {0.7, 0.9, 0.8, 0.75};
        List<Estimate> truth = estimates(-1, 400_000, accuracies);
        int skill = 0;
        int agreement = 0;
        for (int study = 0; study < 500; study++) {
            List<Estimate> estimates = estimates(study, 200, accuracies);
            skill += covers(estimates.get(0), truth.get(0)) ? 1 : 0;
            agreement += covers(estimates.get(1), truth.get(1)) ? 1 : 0;
        }
        assertThat(skill / 500.0).isBetween(0.92, 0.97);
        assertThat(agreement / 500.0).isBetween(0.92, 0.97);
    }

    /// Skill and agreement with others of the first annotator.
    private static List<Estimate> estimates(long seed, int items, double[] accuracies) {
        MajorityVote vote = MajorityVote.of(
                SimulatedLabels.of(seed, items, accuracies, 4, 3).labels());
        return List.of(
                vote.skills(0.95).getFirst(), vote.agreementWithOthers(0.95).getFirst());
    }

    private static boolean covers(Estimate estimate, Estimate truth) {
        var interval = (Estimate.Defined) estimate;
        return interval.low() <= CaseValues.value(truth) && CaseValues.value(truth) <= interval.high();
    }
}
