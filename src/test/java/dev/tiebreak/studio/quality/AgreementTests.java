package dev.tiebreak.studio.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.tiebreak.statistics.Estimate;
import dev.tiebreak.statistics.Estimate.Undefined;
import dev.tiebreak.studio.account.Role;
import dev.tiebreak.studio.dataset.ProjectId;
import dev.tiebreak.studio.testing.OnH2;
import dev.tiebreak.studio.testing.OnPostgres;
import dev.tiebreak.studio.testing.Roles;
import dev.tiebreak.studio.testing.VotedProject;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.security.access.AccessDeniedException;

@Import(VotedProject.class)
abstract class AgreementTests {
    @Autowired
    VotedProject voted;

    @Autowired
    AgreementService agreement;

    private AgreementReport of(ProjectId project) {
        return Roles.as(() -> agreement.of(project), Role.DATA_LEAD);
    }

    @Test
    void alpha_as_computed_by_hand_comes_out_of_the_database() {
        var project = voted.create();
        for (String votes : "1 -1, 1 1, -2 1, 3 1, 1 1, 1 -3, 1 1, 2 -1, -1 1, 1 1".split(", ")) {
            project.comparison("prompt", "a", "b").votes(votes);
        }
        // five comparisons agree, five do not; 15 labels a, 5 b: 1 − D_o/D_e = 1 − 0.5 / (2·15·5 / (20·19))
        AgreementReport report = of(project.id);
        assertThat(report.alpha().point().orElseThrow()).isCloseTo(1 - 0.5 * 380 / 150, within(1e-12));
        assertThat(report.raw().point().orElseThrow()).isEqualTo(0.5);
        assertThat(report.alpha()).isInstanceOf(Estimate.Defined.class);
        assertThat(report.votes()).isEqualTo(20);
    }

    @Test
    void repeats_and_gold_items_measure_annotators_and_change_no_agreement() {
        var project = voted.create();
        project.comparison("again a", "a", "b").votes("1 1").asked("REPEAT", "3 -1");
        project.comparison("again tie", "a", "b").votes("t t").asked("REPEAT", "t -");
        project.comparison("again bad", "a", "b").votes("x x").asked("REPEAT", "x -");
        project.comparison("changed", "a", "b").votes("-2 -2").asked("REPEAT", "2 s");
        project.comparison("gold a", "a", "b").gold("A", false).asked("GOLD", "1 -1");
        project.comparison("gold bad", "a", "b").gold("BOTH_BAD", false).asked("GOLD", "x x");
        project.comparison("attention", "a", "b").votes("-1 -1").gold("B", true).asked("ATTENTION", "-1 t");

        AgreementReport report = of(project.id);
        assertThat(report.raw().point()).as("four comparisons, all agreed on").hasValue(1);
        assertThat(report.votes()).isEqualTo(8);
        AnnotatorSummary first = named(report, "annotator 0");
        // Wilson for 3 of 4: centre (0.75 + z²/8) / (1 + z²/4), z = 1.96
        assertThat(first.selfConsistency()).isInstanceOfSatisfying(Estimate.Defined.class, share -> {
            assertThat(share.value()).isEqualTo(0.75);
            assertThat(share.low()).isCloseTo(0.3006, within(1e-4));
            assertThat(share.high()).isCloseTo(0.9544, within(1e-4));
        });
        assertThat(first.goldAccuracy().point()).hasValue(1);
        assertThat(first.attention().point()).hasValue(1);
        AnnotatorSummary second = named(report, "annotator 1");
        assertThat(second.selfConsistency().point())
                .as("one repeat, one skipped")
                .hasValue(0);
        assertThat(second.goldAccuracy().point()).hasValue(0.5);
        assertThat(second.attention().point()).hasValue(0);
    }

    private static AnnotatorSummary named(AgreementReport report, String name) {
        return report.annotators().stream()
                .filter(annotator -> annotator.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void both_bad_is_a_category_of_its_own_and_skips_are_no_votes() {
        var project = voted.create();
        project.comparison("one", "a", "b").votes("x t");
        project.comparison("two", "a", "b").votes("x x s");
        project.comparison("three", "a", "b").votes("s");
        project.comparison("four", "a", "b");

        AgreementReport report = of(project.id);
        assertThat(report.comparisons()).isEqualTo(4);
        assertThat(report.judged()).isEqualTo(2);
        assertThat(report.votesPerCategory())
                .isEqualTo(Map.of(
                        VoteCategory.A, 0L, VoteCategory.B, 0L, VoteCategory.TIE, 1L, VoteCategory.BOTH_BAD, 3L));
        assertThat(report.raw().point()).hasValue(0.5);
    }

    @Test
    void the_most_disputed_comparison_stands_first_and_opens_its_votes() {
        var project = voted.create();
        project.comparison("agreed", "a", "b").votes("1 2 1");
        project.comparison("two to one", "a", "b").votes("1 2 -1");
        var worst = project.comparison("all different", "a", "b").votes("1 -3 t");

        AgreementReport report = of(project.id);
        assertThat(report.disputed()).hasSize(2);
        assertThat(report.disputed().getFirst())
                .isEqualTo(new DisputedComparison(
                        worst.id, Map.of(VoteCategory.A, 1, VoteCategory.B, 1, VoteCategory.TIE, 1), 0));
        assertThat(Roles.as(() -> agreement.votesOn(project.id, worst.id), Role.DATA_LEAD))
                .extracting(ComparisonVote::annotator, ComparisonVote::strength)
                .contains(tuple("annotator 0", 1), tuple("annotator 1", -3));
    }

    @Test
    void an_annotator_who_always_chooses_left_shows() {
        var project = voted.create();
        for (int i = 0; i < 20; i++) {
            project.comparison("prompt " + i, "a", "b").votes(i % 2 == 0 ? "1 2 1" : "1 -2 -1"); // a stands left
        }
        AnnotatorSummary leftist = of(project.id).annotators().stream()
                .filter(annotator -> annotator.name().equals("annotator 0"))
                .findFirst()
                .orElseThrow();
        assertThat(leftist.votes()).isEqualTo(20);
        var share = (Estimate.Defined) leftist.leftShare();
        assertThat(share.value()).isEqualTo(1);
        assertThat(share.low()).isCloseTo(0.8389, within(5e-5)); // Wilson: 20/(20 + 1.959964²)
        assertThat(leftist.agreement().point()).hasValue(0.5);
        assertThat(leftist.meanActive()).contains(Duration.ofSeconds(4));
    }

    @Test
    void too_little_to_compare_is_said_with_what_to_do() {
        var project = voted.create();
        assertThat(of(project.id).alpha()).isEqualTo(new Undefined("nobody has voted yet"));
        project.comparison("one", "a", "b").votes("1");
        assertThat(reason(of(project.id).alpha())).startsWith("only one annotator has voted so far");
        project.comparison("two", "a", "b").votes("- 1");
        assertThat(reason(of(project.id).raw())).contains("set the project's overlap to 2 or more");
        project.comparison("three", "a", "b").votes("1 1");
        assertThat(reason(of(project.id).alpha())).contains("the same category");
    }

    @Test
    void annotators_may_not_see_each_others_votes() {
        var project = voted.create();
        var comparison = project.comparison("one", "a", "b").votes("1");
        assertThatThrownBy(() -> Roles.as(() -> agreement.of(project.id), Role.ANNOTATOR))
                .isInstanceOf(AccessDeniedException.class);
        assertThatThrownBy(() -> Roles.as(() -> agreement.votesOn(project.id, comparison.id), Role.ANNOTATOR))
                .isInstanceOf(AccessDeniedException.class);
    }

    private static String reason(Estimate estimate) {
        return ((Undefined) estimate).reason();
    }
}

@OnH2
class AgreementOnH2Test extends AgreementTests {}

@OnPostgres
class AgreementOnPostgresTest extends AgreementTests {}
