package dev.tiebreak.studio.assignment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiebreak.studio.account.AnnotatorId;
import dev.tiebreak.studio.account.SystemAccount;
import dev.tiebreak.studio.dataset.Project;
import dev.tiebreak.studio.dataset.ProjectService;
import dev.tiebreak.studio.testing.OnH2;
import dev.tiebreak.studio.testing.OnPostgres;
import dev.tiebreak.studio.testing.SmallProject;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

@Import(SmallProject.class)
abstract class AssignmentTests {
    @Autowired
    AssignmentService assignments;

    @Autowired
    ProjectService projects;

    @Autowired
    SmallProject small;

    @Autowired
    JdbcClient database;

    private static final Duration LONG = Duration.ofHours(1);

    @Test
    void nobody_gets_more_than_the_overlap_and_nobody_the_same_twice() {
        Project project = small.with(3, 2, LONG);
        assertThat(drain(project, annotator())).hasSize(3);
        assertThat(drain(project, annotator())).hasSize(3);
        assertThat(drain(project, annotator())).isEmpty();
        assertThat(assignments.openWork(project.id()).open()).isZero();
    }

    @Test
    void every_comparison_gets_its_first_judgment_before_any_its_second() {
        Project project = small.with(40, 2, LONG);
        Set<UUID> seen = new HashSet<>();
        for (int i = 0; i < 4; i++) {
            assignments
                    .lease(project.id(), annotator(), 10, List.of())
                    .forEach(lease -> seen.add(lease.comparison().value()));
        }
        assertThat(seen).hasSize(40);
    }

    @Test
    void each_completion_stands_left_as_often_as_right_within_one_for_a_pair_and_for_an_annotator() {
        Project project = small.with(60, 4, LONG);
        for (int i = 0; i < 4; i++) {
            AnnotatorId annotator = annotator();
            drain(project, annotator);
            assertThat(leftMinusRight("s.annotator_id", annotator.value()))
                    .as("an annotator's own balance")
                    .isBetween(-1, 1);
        }
        List<UUID> comparisons = database.sql("select id from comparison where project_id = ?")
                .param(project.id().value())
                .query((row, _) -> row.getObject("id", UUID.class))
                .list();
        assertThat(comparisons)
                .allSatisfy(
                        id -> assertThat(leftMinusRight("s.comparison_id", id)).isZero());
    }

    @Test
    void a_reload_finds_the_same_comparisons_again_and_holding_ones_are_not_repeated() {
        Project project = small.with(10, 1, LONG);
        AnnotatorId annotator = annotator();
        List<LeaseId> held = assignments.lease(project.id(), annotator, 4, List.of()).stream()
                .map(Lease::id)
                .toList();
        assertThat(assignments.lease(project.id(), annotator, 4, List.of()))
                .extracting(Lease::id)
                .containsExactlyElementsOf(held);
        assertThat(assignments.lease(project.id(), annotator, 4, held))
                .extracting(Lease::id)
                .doesNotContainAnyElementsOf(held)
                .hasSize(4);
    }

    @Test
    void an_expired_lease_goes_to_somebody_else_and_its_first_holder_is_told() {
        Project project = small.with(1, 1, LONG);
        AnnotatorId slow = annotator();
        Lease lost = assignments.lease(project.id(), slow, 1, List.of()).getFirst();
        AnnotatorId quick = annotator();
        assertThat(assignments.lease(project.id(), quick, 1, List.of())).isEmpty();

        expire(lost);
        Lease taken = assignments.lease(project.id(), quick, 1, List.of()).getFirst();
        assertThat(taken.comparison()).isEqualTo(lost.comparison());
        assertThatThrownBy(() -> assignments.complete(lost, slow)).isInstanceOf(StaleLeaseException.class);
        assignments.complete(taken, quick);
    }

    @Test
    void an_expired_lease_that_nobody_took_can_still_be_completed() {
        Project project = small.with(1, 1, LONG);
        AnnotatorId slow = annotator();
        Lease lease = assignments.lease(project.id(), slow, 1, List.of()).getFirst();
        expire(lease);
        assignments.complete(lease, slow);
        assertThat(assignments.progress(project.id(), slow)).isEqualTo(new Progress(1, 0));
    }

    @Test
    void what_is_passed_on_goes_to_others_and_never_comes_back() {
        Project project = small.with(1, 1, LONG);
        AnnotatorId first = annotator();
        Lease lease = assignments.lease(project.id(), first, 1, List.of()).getFirst();
        assignments.passOn(lease.id(), first);
        assertThat(assignments.lease(project.id(), first, 1, List.of())).isEmpty();
        AnnotatorId second = annotator();
        assertThat(assignments.lease(project.id(), second, 1, List.of())).hasSize(1);
        assertThat(assignments.reopen(project.id(), lease.comparison(), first, Purpose.REGULAR))
                .as("others have taken it")
                .isEmpty();
    }

    @Test
    void more_overlap_opens_slots_and_less_closes_only_free_ones() {
        Project project = small.with(2, 1, LONG);
        AnnotatorId first = annotator();
        drain(project, first);
        setOverlap(project, 3);
        assertThat(assignments.openWork(project.id()).open()).isEqualTo(4);
        assignments.lease(project.id(), annotator(), 1, List.of());
        setOverlap(project, 1);
        assertThat(assignments.openWork(project.id()))
                .as("the held one stays")
                .isEqualTo(new AssignmentService.OpenWork(1, 1));
    }

    @Test
    void overlap_is_exact_with_fifty_annotators_who_expire_pass_on_and_take_back() throws Exception {
        int comparisons = 120;
        int overlap = 5;
        Project project = small.with(comparisons, overlap, LONG);
        List<Callable<Void>> people = IntStream.range(0, 50)
                .<Callable<Void>>mapToObj(person -> () -> work(project, new Random(person)))
                .toList();
        try (var threads = Executors.newFixedThreadPool(16)) {
            for (var done : threads.invokeAll(people)) {
                done.get();
            }
        }
        while (!drain(project, annotator()).isEmpty()) {
            // what was passed on or expired at the end is judged by newcomers
        }
        assertThat(database.sql("""
                                select count(*) from (select comparison_id from assignment_slot
                                where project_id = ? and state = 'DONE' group by comparison_id having count(*) = ?
                                and count(distinct annotator_id) = ?) exact
                                """)
                        .params(project.id().value(), overlap, overlap)
                        .query(Integer.class)
                        .single())
                .isEqualTo(comparisons);
    }

    private Void work(Project project, Random random) {
        AnnotatorId annotator = annotator();
        for (int round = 0; round < 8; round++) {
            for (Lease lease : assignments.lease(project.id(), annotator, 3, List.of())) {
                int chance = random.nextInt(10);
                try {
                    if (chance == 0) {
                        assignments.passOn(lease.id(), annotator);
                    } else if (chance == 1) {
                        expire(lease);
                    } else {
                        assignments.complete(lease, annotator);
                        if (chance == 2) {
                            assignments.reopen(project.id(), lease.comparison(), annotator, Purpose.REGULAR);
                        }
                    }
                } catch (StaleLeaseException lostToOthers) {
                    assertThat(lostToOthers.reason()).isNotBlank();
                }
            }
        }
        assignments.lease(project.id(), annotator, 100, List.of()).forEach(this::expire);
        return null;
    }

    private List<Lease> drain(Project project, AnnotatorId annotator) {
        List<Lease> all = new java.util.ArrayList<>();
        List<Lease> leases = assignments.lease(project.id(), annotator, 20, List.of());
        while (!leases.isEmpty()) {
            leases.forEach(lease -> assignments.complete(lease, annotator));
            all.addAll(leases);
            leases = assignments.lease(project.id(), annotator, 20, List.of());
        }
        return all;
    }

    private void setOverlap(Project project, int overlap) {
        SystemAccount.act(() -> projects.setOverlap(project.id(), overlap));
    }

    private void expire(Lease lease) {
        database.sql("update assignment_slot set expires_at = timestamp with time zone '2020-01-01 00:00:00+00' where"
                        + " lease_id = ?")
                .param(lease.id().value())
                .update();
    }

    private int leftMinusRight(String column, UUID id) {
        return database.sql("select sum(case when s.left_completion_id = c.completion_a_id then 1 else -1 end)"
                        + " from assignment_slot s join comparison c on c.id = s.comparison_id where " + column
                        + " = ?")
                .param(id)
                .query(Integer.class)
                .single();
    }

    private static AnnotatorId annotator() {
        return new AnnotatorId(UUID.randomUUID());
    }
}

@OnH2
class AssignmentOnH2Test extends AssignmentTests {}

@OnPostgres
class AssignmentOnPostgresTest extends AssignmentTests {}
