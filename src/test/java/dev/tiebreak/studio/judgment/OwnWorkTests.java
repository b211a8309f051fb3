package dev.tiebreak.studio.judgment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tiebreak.studio.account.Account;
import dev.tiebreak.studio.account.AccountService;
import dev.tiebreak.studio.account.AnnotatorId;
import dev.tiebreak.studio.account.AuditLog;
import dev.tiebreak.studio.account.NewAccount;
import dev.tiebreak.studio.account.Role;
import dev.tiebreak.studio.assignment.AssignmentService;
import dev.tiebreak.studio.assignment.Lease;
import dev.tiebreak.studio.assignment.Purpose;
import dev.tiebreak.studio.dataset.ComparisonId;
import dev.tiebreak.studio.dataset.Project;
import dev.tiebreak.studio.dataset.ProjectId;
import dev.tiebreak.studio.dataset.Verdict;
import dev.tiebreak.studio.judgment.OwnPace.Day;
import dev.tiebreak.studio.judgment.Submission.Decision;
import dev.tiebreak.studio.rubric.Rubric;
import dev.tiebreak.studio.rubric.RubricChange;
import dev.tiebreak.studio.rubric.RubricKey;
import dev.tiebreak.studio.rubric.RubricService;
import dev.tiebreak.studio.testing.OnH2;
import dev.tiebreak.studio.testing.OnPostgres;
import dev.tiebreak.studio.testing.SmallProject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;

/// What an annotator sees of their own work, and that nobody sees another's.
@Import({SmallProject.class, OwnWorkTests.DecidedInAdvance.class})
abstract class OwnWorkTests {

    @OnH2
    static class OnH2Test extends OwnWorkTests {}

    @OnPostgres
    static class OnPostgresTest extends OwnWorkTests {}

    /// Says what a test wants said, to whoever asks.
    @TestComponent
    static class DecidedInAdvance implements GoldResults {
        private List<Gold> results = List.of();

        @Override
        public List<Gold> of(ProjectId project, AnnotatorId annotator, int most) {
            return results;
        }
    }

    @Autowired
    OwnHistory history;

    @Autowired
    OwnPace pace;

    @Autowired
    OwnRubrics rubrics;

    @Autowired
    OwnFeedback feedback;

    @Autowired
    Workplaces workplaces;

    @Autowired
    DecidedInAdvance gold;

    @Autowired
    JudgmentService judgments;

    @Autowired
    CurrentJudgments current;

    @Autowired
    AssignmentService assignments;

    @Autowired
    RubricService allRubrics;

    @Autowired
    AccountService accounts;

    @Autowired
    AuditLog audit;

    @Autowired
    SmallProject small;

    @Autowired
    JdbcClient database;

    private final Instant now = Instant.now();
    private Account me;
    private Project project;

    @BeforeEach
    void someone_with_work() {
        gold.results = List.of();
        project = small.with(12, 1, Duration.ofHours(1));
        me = person(Role.ANNOTATOR);
        signIn(me);
    }

    @AfterEach
    void nobody() {
        SecurityContextHolder.clearContext();
    }

    @Test
    void the_history_is_newest_first_in_pages_and_filtered_by_project_and_verdict() {
        Project other = small.with(3, 1, Duration.ofHours(1));
        JudgmentId first = judge(project, "1");
        JudgmentId tie = judge(project, "4");
        JudgmentId elsewhere = judge(other, "2");
        JudgmentId skip = judge(project, "skip");

        assertThat(ids(history.page(HistoryFilter.ALL, 0, 10))).containsExactly(skip, elsewhere, tie, first);
        assertThat(ids(history.page(HistoryFilter.ALL, 1, 2))).containsExactly(elsewhere, tie);
        assertThat(history.count(HistoryFilter.ALL)).isEqualTo(4);

        HistoryFilter here = new HistoryFilter(Optional.of(project.id()), Optional.empty());
        assertThat(ids(history.page(here, 0, 10))).containsExactly(skip, tie, first);
        HistoryFilter preferencesHere = new HistoryFilter(Optional.of(project.id()), Optional.of(Verdict.PREFERENCE));
        assertThat(ids(history.page(preferencesHere, 0, 10))).containsExactly(first);
        assertThat(history.count(preferencesHere)).isEqualTo(1);
    }

    @Test
    void a_judgment_looks_back_as_it_was_pressed_on_whichever_side_the_completions_stood() {
        List<String> pressed = List.of("1", "7", "3", "5", "4", "both_bad", "skip", "2");
        for (String key : pressed) {
            Lease lease = lease(project);
            JudgmentId id = judge(project, lease, key, now, 61_000);
            OwnJudgment own = history.page(HistoryFilter.ALL, 0, 1).getFirst();
            assertThat(own.id()).isEqualTo(id);
            assertThat(own.choice()).isEqualTo(key);
            assertThat(own.activeTime()).contains(Duration.ofSeconds(61));
            OwnHistory.Shown shown = history.shown(id).orElseThrow();
            assertThat(own.prompt())
                    .startsWith("prompt ")
                    .isEqualTo(shown.comparison().prompt().turns().getLast().content());
            assertThat(shown.left())
                    .isEqualTo(
                            lease.left().equals(shown.comparison().a().id())
                                    ? shown.comparison().a().text()
                                    : shown.comparison().b().text());
            assertThat(Set.of(shown.left(), shown.right())).hasSize(2);
        }
    }

    @Test
    void reopening_supersedes_the_judgment_by_a_row_of_its_own_and_holds_the_comparison_again() {
        Lease lease = lease(project);
        JudgmentId id = judge(project, lease, "2", now, 1000);
        assertThat(history.reopen(id)).contains(project.id());

        assertThat(history.count(HistoryFilter.ALL)).isZero();
        assertThat(history.shown(id)).as("what was taken back").isEmpty();
        assertThat(rows(id)).as("the judgment and what supersedes it").isEqualTo(2);
        assertThat(assignments.leaseOf(lease.comparison(), me.id().asAnnotator(), Purpose.REGULAR))
                .isPresent();
        assertThat(history.reopen(id)).as("a second time").isEmpty();

        assignments.lease(project.id(), me.id().asAnnotator(), 5, List.of());
        JudgmentId other = judge(project, "3");
        Lease itsLease = lease(project);
        assertThat(history.reopen(other)).isPresent();
        assertThat(lease(project).comparison())
                .as("what was reopened is judged next, whatever else is held")
                .isNotEqualTo(itsLease.comparison())
                .isEqualTo(comparisonOf(other));

        Lease again = assignments
                .leaseOf(lease.comparison(), me.id().asAnnotator(), Purpose.REGULAR)
                .orElseThrow();
        JudgmentId better = judge(project, again, "6", now, 1000);
        assertThat(ids(history.page(HistoryFilter.ALL, 0, 10))).containsExactly(better);
    }

    @Test
    void reopening_ends_when_the_project_says_so() {
        JudgmentId fresh = judge(project, "1");
        age(fresh, Duration.ofMinutes(9).plusSeconds(30));
        assertThat(history.page(HistoryFilter.ALL, 0, 1).getFirst().reopenableTill())
                .hasValueSatisfying(till -> assertThat(till).isBetween(now, now.plusSeconds(60)));
        assertThat(history.reopen(fresh)).isPresent();

        JudgmentId old = judge(project, "1");
        age(old, Duration.ofMinutes(11));
        assertThat(history.page(HistoryFilter.ALL, 0, 1).getFirst().reopenableTill())
                .isEmpty();
        assertThat(history.reopen(old)).as("after ten minutes").isEmpty();
        assertThat(undo(old)).isEqualTo("A judgment can be taken back for 10 minutes.");

        workplace(new Workplace(Duration.ofDays(2), false));
        assertThat(history.page(HistoryFilter.ALL, 0, 1).getFirst().reopenableTill())
                .isPresent();
        assertThat(history.reopen(old)).as("within two days").isPresent();

        workplace(new Workplace(Duration.ZERO, false));
        JudgmentId final_ = judge(project, "1");
        assertThat(history.reopen(final_)).as("never").isEmpty();
        assertThat(undo(final_)).isEqualTo("In this project a judgment cannot be taken back.");
    }

    @Test
    void nobody_sees_or_reopens_what_another_judged_whatever_their_role() {
        JudgmentId mine = judge(project, "1");
        gold.results = List.of(new GoldResults.Gold(mine, Verdict.TIE, 0, false, Optional.empty()));
        workplace(new Workplace(Duration.ofDays(1), true));
        assertThat(feedback.of(project.id())).hasSize(1);

        for (Account other : List.of(
                person(Role.ANNOTATOR),
                person(Role.DATA_LEAD),
                person(Role.DATA_LEAD, Role.ANNOTATOR),
                person(Role.ADMINISTRATOR))) {
            signIn(other);
            assertThat(history.page(HistoryFilter.ALL, 0, 10)).isEmpty();
            assertThat(history.count(new HistoryFilter(Optional.of(project.id()), Optional.empty())))
                    .isZero();
            assertThat(history.shown(mine)).isEmpty();
            assertThat(history.reopen(mine)).isEmpty();
            assertThat(pace.days(3, ZoneOffset.UTC))
                    .allSatisfy(day -> assertThat(day.judged()).isZero());
            assertThat(feedback.of(project.id())).as("even where gold names it").isEmpty();
        }
        assertThat(current.of(project.id())).extracting(Judgment::id).containsExactly(mine);
    }

    @Test
    void who_may_not_annotate_has_no_page_and_who_is_not_signed_in_has_none_either() {
        signIn(person(Role.ML_ENGINEER));
        assertThatThrownBy(() -> history.page(HistoryFilter.ALL, 0, 10)).isInstanceOf(AccessDeniedException.class);
        assertThatThrownBy(() -> history.reopen(new JudgmentId(UUID.randomUUID())))
                .isInstanceOf(AccessDeniedException.class);
        assertThatThrownBy(() -> pace.days(1, ZoneOffset.UTC)).isInstanceOf(AccessDeniedException.class);
        assertThatThrownBy(() -> rubrics.changed(project.id())).isInstanceOf(AccessDeniedException.class);
        assertThatThrownBy(() -> feedback.of(project.id())).isInstanceOf(AccessDeniedException.class);
    }

    @Test
    void the_pace_counts_what_stands_and_all_active_time_by_the_annotators_own_days() {
        ZoneId tokyo = ZoneId.of("Asia/Tokyo");
        Instant midnight = LocalDate.ofInstant(now, tokyo).atStartOfDay(tokyo).toInstant();
        judge(project, lease(project), "1", midnight.minusSeconds(60), 90_000); // yesterday there, by a minute
        judge(project, lease(project), "4", midnight, 100_000);
        judge(project, lease(project), "skip", midnight.plusSeconds(1), 20_000);
        JudgmentId reopened = judge(project, lease(project), "5", midnight.plusSeconds(2), 30_000);
        history.reopen(reopened);

        List<Day> days = pace.days(3, tokyo);
        assertThat(days).extracting(Day::judged).containsExactly(0L, 1L, 1L);
        assertThat(days)
                .extracting(Day::active)
                .containsExactly(Duration.ZERO, Duration.ofSeconds(90), Duration.ofSeconds(150));
        assertThat(days.get(1).date()).isEqualTo(LocalDate.ofInstant(now, tokyo).minusDays(1));
        // one judgment in 150 seconds is 3600 / 150 an hour
        assertThat(days.getLast().judgedPerHour().orElseThrow()).isCloseTo(24, within(1e-9));
        assertThat(days.getFirst().judgedPerHour()).as("no time, no pace").isEmpty();
    }

    @Test
    void a_changed_rubric_is_told_until_it_was_looked_at() {
        RubricKey key = newRubric();
        database.sql("update project set rubric_key = ? where id = ?")
                .params(key.value(), project.id().value())
                .update();
        assertThat(rubrics.changed(project.id())).as("nothing was known before").isEmpty();
        judge(project, "1"); // the board showed the first text beside it
        assertThat(rubrics.changed(project.id())).isEmpty();

        Rubric first = allRubrics.current(key).orElseThrow();
        newVersion(first, first.source().replace("Read both completions", "Read both completions twice,"), 2);
        judge(project, "1");
        OwnRubrics.Changed changed = rubrics.changed(project.id()).orElseThrow();
        assertThat(changed.known().version()).isEqualTo(1);
        assertThat(changed.current().version()).isEqualTo(2);
        assertThat(changed.changes()).extracting(RubricChange::part).containsExactly(RubricChange.Part.INSTRUCTIONS);

        rubrics.see(changed.current());
        assertThat(rubrics.changed(project.id())).as("looked at").isEmpty();
        signIn(person(Role.ANNOTATOR));
        assertThat(rubrics.changed(project.id())).as("a newcomer").isEmpty();
        signIn(me);

        newVersion(first, changed.current().source() + "# a remark for whoever keeps the file\n", 3);
        assertThat(rubrics.changed(project.id()))
                .as("nothing that a reader sees")
                .isEmpty();
        newVersion(first, changed.current().source().replace("Harmless", "Harmlessness"), 4);
        assertThat(rubrics.changed(project.id()).orElseThrow().known().version())
                .isEqualTo(2);
    }

    @Test
    void feedback_is_shown_only_where_the_project_shows_it_and_by_the_sides_of_the_screen() {
        Lease lease = lease(project);
        JudgmentId id = judge(project, lease, "2", now, 1000);
        boolean aLeft = lease.left()
                .equals(history.shown(id).orElseThrow().comparison().a().id());
        gold.results = List.of(
                new GoldResults.Gold(id, Verdict.PREFERENCE, aLeft ? -3 : 3, false, Optional.of("B has the facts")));
        assertThat(feedback.of(project.id())).as("off at first").isEmpty();

        workplace(new Workplace(Workplace.DEFAULT.reopenFor(), true));
        OwnFeedback.Feedback only = feedback.of(project.id()).getFirst();
        assertThat(only.chosen()).isEqualTo("2");
        assertThat(only.expected()).isEqualTo("b");
        assertThat(only.agrees()).isFalse();
        assertThat(only.explanation()).contains("B has the facts");
    }

    @Test
    void only_data_leads_and_administrators_set_how_a_project_treats_its_annotators() {
        assertThat(workplaces.of(project.id())).isEqualTo(new Workplace(Duration.ofMinutes(10), false));
        Workplace wanted = new Workplace(Duration.ofHours(3), true);
        assertThatThrownBy(() -> workplaces.set(project, wanted)).isInstanceOf(AccessDeniedException.class);
        Account lead = person(Role.DATA_LEAD);
        signIn(lead);
        workplaces.set(project, new Workplace(Duration.ofHours(1), false));
        workplaces.set(project, wanted);
        assertThat(workplaces.of(project.id())).isEqualTo(wanted);
        assertThat(audit.latest(20))
                .anySatisfy(entry -> assertThat(entry.actor() + " " + entry.action() + " " + entry.detail())
                        .isEqualTo(lead.username() + " project.workplace reopen for 10800 s, feedback on"));
        assertThatThrownBy(() -> new Workplace(Duration.ofDays(366), false)).hasMessageContaining("365 days");
    }

    private Account person(Role... roles) {
        return accounts.create(new NewAccount("p" + UUID.randomUUID(), "P", EnumSet.copyOf(List.of(roles))));
    }

    private static void signIn(Account account) {
        SecurityContextHolder.getContext()
                .setAuthentication(new TestingAuthenticationToken(
                        account.username(),
                        "",
                        account.roles().stream().map(role -> "ROLE_" + role).toArray(String[]::new)));
    }

    private void workplace(Workplace wanted) {
        signIn(person(Role.DATA_LEAD));
        workplaces.set(project, wanted);
        signIn(me);
    }

    private Lease lease(Project on) {
        return assignments.lease(on.id(), me.id().asAnnotator(), 20, List.of()).getFirst();
    }

    private JudgmentId judge(Project on, String key) {
        return judge(on, lease(on), key, now, 1000);
    }

    private JudgmentId judge(Project on, Lease lease, String key, Instant at, long activeMillis) {
        JudgmentId id = new JudgmentId(UUID.randomUUID());
        Decision decision =
                new Decision(id, lease.id(), Choice.of(key).orElseThrow(), Optional.empty(), activeMillis, at);
        assertThat(judgments.submit(on.id(), me.id().asAnnotator(), decision)).isInstanceOf(Outcome.Recorded.class);
        return id;
    }

    private String undo(JudgmentId id) {
        Submission undo = new Submission.Undo(new JudgmentId(UUID.randomUUID()), id);
        return ((Outcome.Refused) judgments.submit(project.id(), me.id().asAnnotator(), undo)).reason();
    }

    private void age(JudgmentId id, Duration age) {
        database.sql("update judgment set recorded_at = ? where id = ?")
                .params(JudgmentLog.utc(now.minus(age)), id.value())
                .update();
    }

    private long rows(JudgmentId id) {
        return database.sql("select count(*) from judgment where id = :id or supersedes = :id")
                .param("id", id.value())
                .query(Long.class)
                .single();
    }

    private ComparisonId comparisonOf(JudgmentId id) {
        return new ComparisonId(database.sql("select comparison_id from judgment where id = ?")
                .param(id.value())
                .query(UUID.class)
                .single());
    }

    private static List<JudgmentId> ids(List<OwnJudgment> page) {
        return new ArrayList<>(page.stream().map(OwnJudgment::id).toList());
    }

    private RubricKey newRubric() {
        Rubric house =
                allRubrics.current(new RubricKey("helpful-honest-harmless")).orElseThrow();
        RubricKey key = new RubricKey("rubric-" + UUID.randomUUID());
        String source = house.source().replace("key: " + house.key(), "key: " + key);
        store(key, source, 1);
        return key;
    }

    private void newVersion(Rubric first, String source, int version) {
        store(first.key(), source, version);
    }

    private void store(RubricKey key, String source, int version) {
        database.sql("insert into rubric_version (id, rubric_key, version, sha256, source, stored_at, in_force_since)"
                        + " values (?, ?, ?, ?, ?, ?, ?)")
                .params(
                        UUID.randomUUID(),
                        key.value(),
                        version,
                        UUID.randomUUID().toString(),
                        source,
                        JudgmentLog.utc(now),
                        JudgmentLog.utc(now))
                .update();
    }
}
