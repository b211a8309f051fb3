package dev.tiebreak.studio.assignment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.tiebreak.studio.account.AnnotatorId;
import dev.tiebreak.studio.account.Role;
import dev.tiebreak.studio.account.SystemAccount;
import dev.tiebreak.studio.assignment.GoldItem.Expected;
import dev.tiebreak.studio.dataset.ComparisonId;
import dev.tiebreak.studio.dataset.Comparisons;
import dev.tiebreak.studio.dataset.Project;
import dev.tiebreak.studio.dataset.ProjectId;
import dev.tiebreak.studio.testing.OnH2;
import dev.tiebreak.studio.testing.OnPostgres;
import dev.tiebreak.studio.testing.Roles;
import dev.tiebreak.studio.testing.SmallProject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.AccessDeniedException;

/// Hidden repeats, gold items and attention checks among the regular comparisons.
@Import(SmallProject.class)
abstract class CheckTests {
    private static final Duration LONG = Duration.ofHours(1);

    @Autowired
    AssignmentService assignments;

    @Autowired
    CheckService checks;

    @Autowired
    Comparisons comparisons;

    @Autowired
    SmallProject small;

    @Autowired
    JdbcClient database;

    @Test
    void checks_come_by_their_share_and_take_nothing_from_the_overlap() {
        Project project = small.with(120, 2, LONG);
        set(project, new CheckSettings(0.1, 10, 0.1));
        gold(project, 20);
        for (int person = 0; person < 2; person++) {
            List<Lease> asked = drain(project, annotator());
            // 100 regular ones are eight tenths of all: each other tenth is 12.5, rounded
            assertThat(asked)
                    .filteredOn(lease -> lease.purpose() == Purpose.REGULAR)
                    .hasSize(100);
            assertThat(asked)
                    .filteredOn(lease -> lease.purpose() == Purpose.REPEAT)
                    .hasSize(13);
            assertThat(asked).filteredOn(lease -> lease.purpose().isGold()).hasSize(13);
        }
        assertThat(count("select count(*) from assignment_slot where project_id = ? and state = 'DONE'", project))
                .as("the overlap of what is not gold, exactly")
                .isEqualTo(200);
        assertThat(assignments.openWork(project.id()).open()).isZero();
    }

    @Test
    void a_repeat_swaps_the_sides_comes_late_enough_and_only_once() {
        Project project = small.with(60, 1, LONG);
        int distance = 7;
        set(project, new CheckSettings(0.3, distance, 0));
        List<Lease> asked = drain(project, annotator(), 1);
        Set<ComparisonId> repeated = new HashSet<>();
        for (int i = 0; i < asked.size(); i++) {
            Lease repeat = asked.get(i);
            if (repeat.purpose() == Purpose.REPEAT) {
                assertThat(repeated.add(repeat.comparison())).isTrue();
                int before = IntStream.range(0, i)
                        .filter(j -> asked.get(j).comparison().equals(repeat.comparison()))
                        .findFirst()
                        .orElseThrow();
                assertThat(i - before).isGreaterThan(distance);
                assertThat(asked.get(before).left()).isNotEqualTo(repeat.left());
                assertThat(asked.get(before).handle()).isNotEqualTo(repeat.handle());
            }
        }
        assertThat(repeated).hasSize(26); // 60 are seven tenths: three tenths are 25.7
    }

    @Test
    void what_is_done_and_what_is_left_say_nothing_of_checks() {
        Project project = small.with(40, 1, LONG);
        set(project, new CheckSettings(0.2, 5, 0.2));
        gold(project, 10);
        AnnotatorId annotator = annotator();
        Progress begin = assignments.progress(project.id(), annotator);
        assertThat(begin.total()).isEqualTo(50); // 30 regular ones are three fifths
        for (int judged = 0; judged < 50; judged++) {
            Lease lease =
                    assignments.lease(project.id(), annotator, 1, List.of()).getFirst();
            assertThat(assignments.progress(project.id(), annotator))
                    .as(lease.purpose() + " on the screen")
                    .isEqualTo(new Progress(judged, 50 - judged));
            assignments.complete(lease, annotator);
        }
        assertThat(assignments.lease(project.id(), annotator, 1, List.of())).isEmpty();
        assertThat(assignments.progress(project.id(), annotator)).isEqualTo(new Progress(50, 0));
    }

    @Test
    void a_reload_finds_checks_again_where_they_were() {
        Project project = small.with(30, 1, LONG);
        set(project, new CheckSettings(0, 1, 0.5));
        gold(project, 10);
        AnnotatorId annotator = annotator();
        List<Lease> held = assignments.lease(project.id(), annotator, 20, List.of());
        assertThat(held).anyMatch(lease -> lease.purpose().isGold());
        assertThat(assignments.lease(project.id(), annotator, 20, List.of()))
                .extracting(Lease::id, Lease::handle, Lease::purpose)
                .containsExactlyElementsOf(held.stream()
                        .map(lease -> tuple(lease.id(), lease.handle(), lease.purpose()))
                        .toList());
    }

    @Test
    void a_check_can_be_passed_on_and_taken_back_like_anything() {
        Project project = small.with(30, 1, LONG);
        set(project, new CheckSettings(0, 1, 0.5));
        gold(project, 10);
        AnnotatorId annotator = annotator();
        Lease check = assignments.lease(project.id(), annotator, 20, List.of()).stream()
                .filter(lease -> lease.purpose().isGold())
                .findFirst()
                .orElseThrow();
        Progress before = assignments.progress(project.id(), annotator);
        assignments.passOn(check.id(), annotator);
        assertThat(assignments.progress(project.id(), annotator).done()).isEqualTo(before.done() + 1);
        Lease again = assignments
                .reopen(project.id(), check.comparison(), annotator, check.purpose())
                .orElseThrow();
        assertThat(again.handle()).isEqualTo(check.handle());
        assertThat(assignments.progress(project.id(), annotator)).isEqualTo(before);
        assignments.complete(again, annotator);
        assertThatThrownBy(() -> assignments.complete(again, annotator)).isInstanceOf(StaleLeaseException.class);
    }

    @Test
    void what_becomes_gold_loses_its_free_slots_and_has_them_again_when_it_is_ordinary() {
        Project project = small.with(3, 2, LONG);
        ComparisonId one = comparisons.ids(project.id()).getFirst();
        gold(project, 1);
        assertThat(assignments.openWork(project.id()).open()).isEqualTo(4);
        SystemAccount.act(() -> checks.unmark(project.id(), one));
        assertThat(assignments.openWork(project.id()).open()).isEqualTo(6);
    }

    @Test
    void another_project_s_comparison_does_not_become_gold() {
        Project project = small.with(1, 1, LONG);
        ComparisonId foreign = comparisons.ids(small.with(1, 1, LONG).id()).getFirst();
        assertThatThrownBy(() ->
                        SystemAccount.act(() -> checks.mark(project.id(), List.of(item(foreign, Expected.A, false)))))
                .isInstanceOf(InvalidCheckException.class)
                .hasMessageContaining("no comparison");
    }

    @Test
    void only_data_leads_and_administrators_decide_and_annotators_do_not_even_look() {
        Project project = small.with(1, 1, LONG);
        assertThatThrownBy(() -> Roles.as(() -> checks.gold(project.id()), Role.ANNOTATOR))
                .isInstanceOf(AccessDeniedException.class);
        assertThatThrownBy(() -> Roles.as(() -> checks.settings(project.id()), Role.ANNOTATOR))
                .isInstanceOf(AccessDeniedException.class);
        for (Role role : List.of(Role.ANNOTATOR, Role.ML_ENGINEER)) {
            assertThatThrownBy(() -> Roles.as(() -> set(project.id(), CheckSettings.NONE), role))
                    .isInstanceOf(AccessDeniedException.class);
            assertThatThrownBy(() -> Roles.as(() -> mark(project.id()), role))
                    .isInstanceOf(AccessDeniedException.class);
        }
        assertThat(Roles.as(() -> set(project.id(), new CheckSettings(0.05, 30, 0.1)), Role.DATA_LEAD))
                .isEqualTo(new CheckSettings(0.05, 30, 0.1));
    }

    /// Each side as often as the other: for every annotator no further from it than a coin would be, whatever they pass
    /// on, let expire or are asked again; and for every comparison within one.
    @Test
    void sides_stay_counterbalanced_under_skips_expiry_and_repeats() {
        Project project = small.with(300, 4, LONG); // more than these people judge: at the end there is no choice
        set(project, new CheckSettings(0.1, 10, 0.1));
        gold(project, 20);
        Random random = new Random(5);
        double chiSquare = 0;
        int people = 8;
        for (int person = 0; person < people; person++) {
            AnnotatorId annotator = annotator();
            for (int round = 0; round < 12; round++) {
                for (Lease lease : assignments.lease(project.id(), annotator, 8, List.of())) {
                    switch (random.nextInt(8)) {
                        case 0 -> assignments.passOn(lease.id(), annotator);
                        case 1 -> expire(lease);
                        default -> assignments.complete(lease, annotator);
                    }
                }
            }
            int surplus = surplus("annotator_id", annotator.value());
            long judged = count("select count(*) from assignment_slot where annotator_id = ?", annotator.value())
                    + count("select count(*) from assignment_check where annotator_id = ?", annotator.value());
            chiSquare += (double) surplus * surplus / judged;
        }
        // χ² of eight fair coins has a median of 7.3; a design stays far below: its 0.1 % quantile is 0.86
        assertThat(chiSquare).as("χ² of all annotators against fair coins").isLessThan(0.86);
        assertThat(comparisons.ids(project.id()))
                .allSatisfy(id -> assertThat(surplusOfSlots(id.value())).isBetween(-1, 1));
    }

    private List<Lease> drain(Project project, AnnotatorId annotator) {
        return drain(project, annotator, 8);
    }

    private List<Lease> drain(Project project, AnnotatorId annotator, int atOnce) {
        List<Lease> all = new ArrayList<>();
        List<Lease> leases = assignments.lease(project.id(), annotator, atOnce, List.of());
        while (!leases.isEmpty()) {
            leases.forEach(lease -> assignments.complete(lease, annotator));
            all.addAll(leases);
            leases = assignments.lease(project.id(), annotator, atOnce, List.of());
        }
        return all;
    }

    private void set(Project project, CheckSettings settings) {
        SystemAccount.act(() -> checks.set(project.id(), settings));
    }

    private CheckSettings set(ProjectId project, CheckSettings settings) {
        checks.set(project, settings);
        return checks.settings(project);
    }

    private List<GoldItem> mark(ProjectId project) {
        checks.mark(project, List.of());
        return checks.gold(project);
    }

    /// Every other one an attention check.
    private void gold(Project project, int count) {
        List<ComparisonId> ids = comparisons.ids(project.id());
        SystemAccount.act(() -> checks.mark(
                project.id(),
                IntStream.range(0, count)
                        .mapToObj(i -> item(ids.get(i), Expected.values()[i % 4], i % 2 == 1))
                        .toList()));
    }

    private static GoldItem item(ComparisonId comparison, Expected expected, boolean attention) {
        return new GoldItem(comparison, expected, Optional.of("because"), attention);
    }

    private void expire(Lease lease) {
        database.sql("update " + lease.purpose().table()
                        + " set expires_at = timestamp with time zone '2020-01-01 00:00:00+00' where lease_id = ?")
                .param(lease.id().value())
                .update();
    }

    private int surplus(String column, UUID id) {
        return database.sql(
                        "select coalesce(sum(case when s.left_completion_id = c.completion_a_id then 1 else -1 end), 0)"
                                + " from (select comparison_id, left_completion_id from assignment_slot where " + column
                                + " = :id union all select comparison_id, left_completion_id from assignment_check where "
                                + column + " = :id) s join comparison c on c.id = s.comparison_id")
                .param("id", id)
                .query(Integer.class)
                .single();
    }

    private int surplusOfSlots(UUID comparison) {
        return database.sql(
                        "select coalesce(sum(case when s.left_completion_id = c.completion_a_id then 1 else -1 end), 0)"
                                + " from assignment_slot s join comparison c on c.id = s.comparison_id where c.id = ?")
                .param(comparison)
                .query(Integer.class)
                .single();
    }

    private long count(String query, Project project) {
        return count(query, project.id().value());
    }

    private long count(String query, UUID id) {
        return database.sql(query).param(id).query(Long.class).single();
    }

    private static AnnotatorId annotator() {
        return new AnnotatorId(UUID.randomUUID());
    }
}

@OnH2
class CheckOnH2Test extends CheckTests {}

@OnPostgres
class CheckOnPostgresTest extends CheckTests {}
