package dev.tiebreak.studio.assignment;

import dev.tiebreak.studio.account.AnnotatorId;
import dev.tiebreak.studio.dataset.ComparisonId;
import dev.tiebreak.studio.dataset.CompletionId;
import dev.tiebreak.studio.dataset.Project;
import dev.tiebreak.studio.dataset.ProjectId;
import dev.tiebreak.studio.dataset.ProjectService;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/// Who judges which comparison next.
///
/// Breadth first: every comparison gets its first judgment before any gets its second. Among the best candidates one is
/// drawn, so that annotators who ask at once do not all reach for the same; candidates that bring the annotator's own
/// sides into balance come before others. Checks are mixed in ([Hand]) and take no slot.
@Service
public class AssignmentService {
    /// A board holds fewer than twenty; whoever asks without end shall not empty the queue of others.
    static final int MOST_HELD = 50;
    /// Where others keep being quicker, the screen may ask again.
    private static final int MOST_TRIES = 10;

    private static final String LEASES = """
            select lease_id, id as handle, 'REGULAR' as purpose, project_id, comparison_id, annotator_id,
                   left_completion_id, expires_at, probability, leased_at
            from assignment_slot where %1$s
            union all
            select lease_id, id, purpose, project_id, comparison_id, annotator_id, left_completion_id, expires_at,
                   probability, leased_at
            from assignment_check where %1$s
            """;

    private final ProjectService projects;
    private final ObjectProvider<ComparisonPriority> priority;
    private final CheckService checks;
    private final SlotCandidates slots;
    private final CheckCandidates checkCandidates;
    private final OpenComparisons open;
    private final JdbcClient database;
    private final TransactionTemplate transactions;
    private final InstantSource clock;
    private final RandomGenerator random;

    AssignmentService(
            ProjectService projects,
            ObjectProvider<ComparisonPriority> priority,
            CheckService checks,
            SlotCandidates slots,
            CheckCandidates checkCandidates,
            OpenComparisons open,
            JdbcClient database,
            TransactionTemplate transactions,
            InstantSource clock,
            RandomGenerator random) {
        this.projects = projects;
        this.priority = priority;
        this.checks = checks;
        this.slots = slots;
        this.checkCandidates = checkCandidates;
        this.open = open;
        this.database = database;
        this.transactions = transactions;
        this.clock = clock;
        this.random = random;
    }

    /// Comparisons for this annotator, those already held first: `count` in all where there are as many, and no more
    /// than [#MOST_HELD] held at a time.
    ///
    /// @param holding leases the annotator's screen already has; they are renewed and not returned
    public List<Lease> lease(ProjectId projectId, AnnotatorId annotator, int count, Collection<LeaseId> holding) {
        Project project = projects.find(projectId).orElseThrow();
        List<Lease> held = renew(project, annotator);
        List<Lease> leases = new ArrayList<>(held.stream()
                .filter(lease -> !holding.contains(lease.id()))
                .limit(count)
                .toList());
        int wanted = Math.min(count, leases.size() + Math.max(0, MOST_HELD - held.size()));
        for (int tries = 0; leases.size() < wanted && tries < MOST_TRIES; tries++) {
            List<Draw<Candidate>> drawn = hand(projectId, annotator).draw(wanted - leases.size());
            if (drawn.isEmpty()) {
                break;
            }
            leases.addAll(claim(project, annotator, drawn)); // what others were quicker with is drawn anew
        }
        return leases;
    }

    /// The lease, whether or not it has expired, as long as nobody else has the slot.
    @Transactional(readOnly = true)
    public Optional<Lease> find(LeaseId id) {
        return database.sql(LEASES.formatted("lease_id = :lease"))
                .param("lease", id.value())
                .query(AssignmentService::lease)
                .optional();
    }

    /// The lease under which this annotator holds a comparison for this purpose; empty once it is judged.
    @Transactional(readOnly = true)
    public Optional<Lease> leaseOf(ComparisonId comparison, AnnotatorId annotator, Purpose purpose) {
        return database
                .sql(LEASES.formatted("comparison_id = :comparison and annotator_id = :annotator and state = 'LEASED'"))
                .param("comparison", comparison.value())
                .param("annotator", annotator.value())
                .query(AssignmentService::lease)
                .list()
                .stream()
                .filter(lease -> lease.purpose() == purpose)
                .findFirst();
    }

    /// The comparison is judged; its slot is used up. Joins the caller's transaction.
    ///
    /// @throws StaleLeaseException when the slot is no longer this annotator's
    @Transactional
    public void complete(Lease lease, AnnotatorId annotator) {
        int changed = database.sql(
                        "update " + lease.purpose().table()
                                + " set state = 'DONE', done_at = ? where lease_id = ? and annotator_id = ? and state = 'LEASED'")
                .params(now(), lease.id().value(), annotator.value())
                .update();
        if (changed == 0) {
            throw new StaleLeaseException("This comparison is no longer held for you: the time to judge it ran out and"
                    + " somebody else has it, or you have judged it already.");
        }
    }

    /// The annotator passes the comparison on: others may have it, this annotator is never offered it again.
    ///
    /// @throws StaleLeaseException when the slot is no longer this annotator's
    @Transactional
    public void passOn(LeaseId id, AnnotatorId annotator) {
        Lease lease = find(id).filter(found -> found.annotator().equals(annotator))
                .orElseThrow(() -> new StaleLeaseException("This comparison is no longer held for you."));
        int passed = lease.purpose() == Purpose.REGULAR ? freeSlot(lease) : passCheck(lease);
        if (passed == 0) {
            throw new StaleLeaseException("This comparison is no longer held for you.");
        }
    }

    private int freeSlot(Lease lease) {
        database.sql("insert into assignment_skip (comparison_id, annotator_id, project_id) values (?, ?, ?)")
                .params(
                        lease.comparison().value(),
                        lease.annotator().value(),
                        lease.project().value())
                .update();
        return database.sql("""
                        update assignment_slot set state = 'FREE', annotator_id = null, lease_id = null,
                               leased_at = null, expires_at = null, probability = null
                        where lease_id = ? and state = 'LEASED'
                        """).param(lease.id().value()).update();
    }

    private int passCheck(Lease lease) {
        return database.sql("update assignment_check set state = 'PASSED', done_at = ? where lease_id = ? and state ="
                        + " 'LEASED'")
                .params(now(), lease.id().value())
                .update();
    }

    /// Gives a judged or passed-on comparison back to the annotator who took the decision back.
    ///
    /// @return empty when it was passed on and others have taken all its slots
    @Transactional
    public Optional<Lease> reopen(
            ProjectId projectId, ComparisonId comparison, AnnotatorId annotator, Purpose purpose) {
        Project project = projects.find(projectId).orElseThrow();
        int reopened = database.sql("update " + purpose.table() + """
                         set state = 'LEASED', done_at = null, lease_id = ?, leased_at = ?, expires_at = ?
                        where comparison_id = ? and annotator_id = ?
                        """)
                .params(
                        UUID.randomUUID(),
                        beforeOthers(projectId, annotator),
                        now().plus(project.leaseDuration()),
                        comparison.value(),
                        annotator.value())
                .update();
        if (reopened == 1) {
            return leaseOf(comparison, annotator, purpose);
        }
        database.sql("delete from assignment_skip where comparison_id = ? and annotator_id = ?")
                .params(comparison.value(), annotator.value())
                .update();
        return freeSlots(comparison).stream()
                .filter(slot ->
                        take(slot, new LeaseId(UUID.randomUUID()), annotator, now(), project.leaseDuration(), 1.0))
                .findFirst()
                .flatMap(_ -> leaseOf(comparison, annotator, purpose));
    }

    /// What was reopened is judged next, whatever else the annotator holds.
    private OffsetDateTime beforeOthers(ProjectId project, AnnotatorId annotator) {
        return database.sql(
                        "select leased_at from assignment_slot where project_id = ? and annotator_id = ? and state ="
                                + " 'LEASED' order by leased_at limit 1")
                .params(project.value(), annotator.value())
                .query(OffsetDateTime.class)
                .optional()
                .map(first -> first.minus(Duration.ofMillis(1)))
                .orElseGet(this::now);
    }

    @Transactional(readOnly = true)
    public Progress progress(ProjectId project, AnnotatorId annotator) {
        return workload(project, annotator).progress(checks.of(project), open.to(annotator, project));
    }

    /// How many judgments a project still wants from anybody, and how many are held now.
    @Transactional(readOnly = true)
    public OpenWork openWork(ProjectId project) {
        return database.sql("""
                        select count(*) as open,
                               coalesce(sum(case when state = 'LEASED' and expires_at > :now then 1 else 0 end), 0) as held
                        from assignment_slot where project_id = :project and state <> 'DONE'
                        """)
                .param("project", project.value())
                .param("now", now())
                .query((row, _) -> new OpenWork(row.getLong("open"), row.getLong("held")))
                .single();
    }

    /// @param open slots without a judgment, the held ones included
    /// @param held slots that are on somebody's screen
    public record OpenWork(long open, long held) {}

    private List<Lease> renew(Project project, AnnotatorId annotator) {
        for (String table : List.of("assignment_slot", "assignment_check")) {
            database.sql("update " + table
                            + " set expires_at = ? where project_id = ? and annotator_id = ? and state = 'LEASED'")
                    .params(now().plus(project.leaseDuration()), project.id().value(), annotator.value())
                    .update();
        }
        return database.sql(LEASES.formatted("project_id = :project and annotator_id = :annotator and state = 'LEASED'")
                        + " order by leased_at, handle")
                .param("project", project.id().value())
                .param("annotator", annotator.value())
                .query(AssignmentService::lease)
                .list();
    }

    /// The same is asked of the database whether or not a check comes of it: time tells nobody either.
    private Hand hand(ProjectId project, AnnotatorId annotator) {
        CheckSettings settings = checks.of(project);
        Workload work = workload(project, annotator);
        long regular = open.to(annotator, project);
        int imbalance = imbalance(project, annotator);
        List<Candidate> regularPool = slots.of(project, annotator);
        return new Hand(
                regularPool,
                settings.repeatShare() > 0
                        ? checkCandidates.repeats(project, annotator, settings.repeatDistance())
                        : List.of(),
                settings.goldShare() > 0
                        ? checkCandidates.gold(
                                project, annotator, imbalance == 0 ? random.nextBoolean() : imbalance < 0)
                        : List.of(),
                regular,
                work.repeatsToCome(settings, regular),
                work.goldToCome(settings, regular),
                weights(project, regularPool),
                imbalance,
                random);
    }

    private Workload workload(ProjectId project, AnnotatorId annotator) {
        return database.sql("""
                        select slots.*, checks.*,
                               (select count(*) from assignment_skip
                                where project_id = :project and annotator_id = :annotator) as passed,
                               (select count(*) from gold_comparison g where g.project_id = :project
                        """ + CheckCandidates.UNSEEN + """
                               ) as unseen
                        from (select coalesce(sum(case when state = 'DONE' then 1 else 0 end), 0) as done,
                                     coalesce(sum(case when state = 'LEASED' then 1 else 0 end), 0) as held
                              from assignment_slot where project_id = :project and annotator_id = :annotator) slots,
                             (select coalesce(sum(case when purpose = 'REPEAT' then 1 else 0 end), 0) as repeats,
                                     coalesce(sum(case when purpose = 'REPEAT' then 0 else 1 end), 0) as gold,
                                     coalesce(sum(case when state = 'LEASED' then 0 else 1 end), 0) as checked
                              from assignment_check where project_id = :project and annotator_id = :annotator) checks
                        """)
                .param("project", project.value())
                .param("annotator", annotator.value())
                .query((row, _) -> new Workload(
                        row.getLong("done"),
                        row.getLong("passed"),
                        row.getLong("held"),
                        row.getLong("repeats"),
                        row.getLong("gold"),
                        row.getLong("checked"),
                        row.getLong("unseen")))
                .single();
    }

    private Map<ComparisonId, Double> weights(ProjectId project, List<Candidate> pool) {
        return priority.stream()
                .findFirst()
                .map(known -> known.weights(
                        project, pool.stream().map(Candidate::comparison).toList()))
                .orElse(Map.of());
    }

    /// How much more often completion a has stood left than right for this annotator.
    private int imbalance(ProjectId project, AnnotatorId annotator) {
        return database.sql("""
                        select coalesce(sum(case when s.left_completion_id = c.completion_a_id then 1 else -1 end), 0)
                        from (select comparison_id, left_completion_id from assignment_slot
                              where project_id = :project and annotator_id = :annotator
                              union all
                              select comparison_id, left_completion_id from assignment_check
                              where project_id = :project and annotator_id = :annotator) s
                             join comparison c on c.id = s.comparison_id
                        """)
                .param("project", project.value())
                .param("annotator", annotator.value())
                .query(Integer.class)
                .single();
    }

    /// All in one transaction, in which nobody waits for anybody: what others are about to take is left to them.
    ///
    /// @return those that nobody else was quicker with, in the order drawn
    private List<Lease> claim(Project project, AnnotatorId annotator, List<Draw<Candidate>> drawn) {
        try {
            return Objects.requireNonNull(transactions.execute(_ -> {
                OffsetDateTime now = now();
                Set<UUID> locked = locked(drawn);
                return IntStream.range(0, drawn.size())
                        .filter(i -> drawn.get(i).drawn().purpose() != Purpose.REGULAR
                                || locked.contains(drawn.get(i).drawn().handle()))
                        .mapToObj(i -> claim(project, annotator, drawn.get(i), now.plus(i, ChronoUnit.MICROS)))
                        .flatMap(Optional::stream)
                        .toList();
            }));
        } catch (DataIntegrityViolationException alreadyHeld) {
            // the same annotator in a second window was quicker; on PostgreSQL that ends the transaction
            return List.of();
        }
    }

    /// The drawn slots that nobody else is taking at this moment.
    private Set<UUID> locked(List<Draw<Candidate>> drawn) {
        List<UUID> slots = drawn.stream()
                .map(Draw::drawn)
                .filter(candidate -> candidate.purpose() == Purpose.REGULAR)
                .map(Candidate::handle)
                .toList();
        return slots.isEmpty()
                ? Set.of()
                : new HashSet<>(
                        database.sql("select id from assignment_slot where id in (:slots) for update skip locked")
                                .param("slots", slots)
                                .query(UUID.class)
                                .list());
    }

    /// @param at the later, the later a screen shows it
    private Optional<Lease> claim(Project project, AnnotatorId annotator, Draw<Candidate> draw, OffsetDateTime at) {
        LeaseId id = new LeaseId(UUID.randomUUID());
        Candidate candidate = draw.drawn();
        boolean taken = candidate.purpose() == Purpose.REGULAR
                ? take(candidate.handle(), id, annotator, at, project.leaseDuration(), draw.probability())
                : insert(project, annotator, id, at, draw);
        return taken
                ? Optional.of(new Lease(
                        id,
                        candidate.handle(),
                        candidate.purpose(),
                        project.id(),
                        candidate.comparison(),
                        annotator,
                        new CompletionId(candidate.left()),
                        at.plus(project.leaseDuration()).toInstant(),
                        draw.probability()))
                : Optional.empty();
    }

    private boolean take(
            UUID slot, LeaseId lease, AnnotatorId annotator, OffsetDateTime at, Duration lasts, double probability) {
        return database.sql("""
                                update assignment_slot set state = 'LEASED', annotator_id = ?, lease_id = ?,
                                       leased_at = ?, expires_at = ?, probability = ?
                                where id = ? and (state = 'FREE' or (state = 'LEASED' and expires_at < ?))
                                """)
                        .params(annotator.value(), lease.value(), at, at.plus(lasts), probability, slot, now())
                        .update()
                == 1;
    }

    private boolean insert(
            Project project, AnnotatorId annotator, LeaseId lease, OffsetDateTime at, Draw<Candidate> draw) {
        Candidate check = draw.drawn();
        return database.sql("""
                                insert into assignment_check (id, project_id, comparison_id, annotator_id, purpose, state,
                                       left_completion_id, lease_id, leased_at, expires_at, probability)
                                values (?, ?, ?, ?, ?, 'LEASED', ?, ?, ?, ?, ?)
                                """)
                        .params(
                                check.handle(),
                                project.id().value(),
                                check.comparison().value(),
                                annotator.value(),
                                check.purpose().name(),
                                check.left(),
                                lease.value(),
                                at,
                                at.plus(project.leaseDuration()),
                                draw.probability())
                        .update()
                == 1;
    }

    private List<UUID> freeSlots(ComparisonId comparison) {
        return database.sql("""
                        select id from assignment_slot
                        where comparison_id = ? and (state = 'FREE' or (state = 'LEASED' and expires_at < ?))
                        order by slot_number
                        """)
                .params(comparison.value(), now())
                .query((row, _) -> row.getObject("id", UUID.class))
                .list();
    }

    private OffsetDateTime now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
    }

    private static Lease lease(ResultSet row, int number) throws SQLException {
        return new Lease(
                new LeaseId(row.getObject("lease_id", UUID.class)),
                row.getObject("handle", UUID.class),
                Purpose.valueOf(row.getString("purpose")),
                new ProjectId(row.getObject("project_id", UUID.class)),
                new ComparisonId(row.getObject("comparison_id", UUID.class)),
                new AnnotatorId(row.getObject("annotator_id", UUID.class)),
                new CompletionId(row.getObject("left_completion_id", UUID.class)),
                row.getObject("expires_at", OffsetDateTime.class).toInstant(),
                row.getDouble("probability"));
    }
}
