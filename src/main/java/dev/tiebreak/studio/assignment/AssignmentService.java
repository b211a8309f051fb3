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
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;
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
/// sides into balance come before others.
@Service
public class AssignmentService {
    private static final int POOL = 32;
    /// A board holds fewer than twenty; whoever asks without end shall not empty the queue of others.
    static final int MOST_HELD = 50;

    private static final String SLOT = """
            select lease_id, project_id, comparison_id, annotator_id, left_completion_id, expires_at, probability
            from assignment_slot
            """;

    private final ProjectService projects;
    private final ObjectProvider<ComparisonPriority> priority;
    private final JdbcClient database;
    private final TransactionTemplate transactions;
    private final InstantSource clock;
    private final RandomGenerator random;

    AssignmentService(
            ProjectService projects,
            ObjectProvider<ComparisonPriority> priority,
            JdbcClient database,
            TransactionTemplate transactions,
            InstantSource clock,
            RandomGenerator random) {
        this.projects = projects;
        this.priority = priority;
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
        List<Candidate> pool = candidates(projectId, annotator);
        Map<ComparisonId, Double> weights = weights(projectId, pool);
        int imbalance = imbalance(projectId, annotator);
        while (leases.size() < wanted && !pool.isEmpty()) {
            List<Candidate> best = balancing(pool, imbalance);
            Draw<Candidate> draw =
                    Draw.from(best, candidate -> weights.getOrDefault(candidate.comparison, 1.0), random);
            pool.remove(draw.drawn());
            Optional<Lease> claimed = claim(project, annotator, draw.drawn(), draw.probability());
            if (claimed.isPresent()) {
                imbalance += draw.drawn().aLeft ? 1 : -1;
                leases.add(claimed.get());
            }
            if (pool.isEmpty() && leases.size() < wanted && claimed.isEmpty()) {
                pool = candidates(projectId, annotator); // others were quicker: look again
            }
        }
        return leases;
    }

    /// The lease, whether or not it has expired, as long as nobody else has the slot.
    @Transactional(readOnly = true)
    public Optional<Lease> find(LeaseId id) {
        return database.sql(SLOT + "where lease_id = ?")
                .param(id.value())
                .query(AssignmentService::lease)
                .optional();
    }

    /// The lease under which this annotator holds a comparison; empty once it is judged.
    @Transactional(readOnly = true)
    public Optional<Lease> leaseOf(ComparisonId comparison, AnnotatorId annotator) {
        return database.sql(SLOT + "where comparison_id = ? and annotator_id = ? and state = 'LEASED'")
                .params(comparison.value(), annotator.value())
                .query(AssignmentService::lease)
                .optional();
    }

    /// The comparison is judged; its slot is used up. Joins the caller's transaction.
    ///
    /// @throws StaleLeaseException when the slot is no longer this annotator's
    @Transactional
    public void complete(LeaseId id, AnnotatorId annotator) {
        int changed = database.sql(
                        "update assignment_slot set state = 'DONE' where lease_id = ? and annotator_id = ? and state ="
                                + " 'LEASED'")
                .params(id.value(), annotator.value())
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
        database.sql("insert into assignment_skip (comparison_id, annotator_id, project_id) values (?, ?, ?)")
                .params(
                        lease.comparison().value(),
                        annotator.value(),
                        lease.project().value())
                .update();
        int freed = database.sql("""
                        update assignment_slot set state = 'FREE', annotator_id = null, lease_id = null,
                               leased_at = null, expires_at = null, probability = null
                        where lease_id = ? and state = 'LEASED'
                        """).param(id.value()).update();
        if (freed == 0) {
            throw new StaleLeaseException("This comparison is no longer held for you.");
        }
    }

    /// Gives a judged or passed-on comparison back to the annotator who took the decision back.
    ///
    /// @return empty when it was passed on and others have taken all its slots
    @Transactional
    public Optional<Lease> reopen(ProjectId projectId, ComparisonId comparison, AnnotatorId annotator) {
        Project project = projects.find(projectId).orElseThrow();
        int reopened = database.sql("""
                        update assignment_slot set state = 'LEASED', lease_id = ?, leased_at = ?, expires_at = ?
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
            return leaseOf(comparison, annotator);
        }
        database.sql("delete from assignment_skip where comparison_id = ? and annotator_id = ?")
                .params(comparison.value(), annotator.value())
                .update();
        return freeSlots(comparison).stream()
                .filter(slot -> take(slot, annotator, project.leaseDuration(), 1.0))
                .findFirst()
                .flatMap(_ -> leaseOf(comparison, annotator));
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
        long done = database.sql("""
                        select (select count(*) from assignment_slot
                                where project_id = :project and annotator_id = :annotator and state = 'DONE')
                             + (select count(*) from assignment_skip
                                where project_id = :project and annotator_id = :annotator)
                        """)
                .param("project", project.value())
                .param("annotator", annotator.value())
                .query(Long.class)
                .single();
        long held = database.sql(
                        "select count(*) from assignment_slot where project_id = ? and annotator_id = ? and state ="
                                + " 'LEASED'")
                .params(project.value(), annotator.value())
                .query(Long.class)
                .single();
        long open = database.sql("select count(distinct s.comparison_id) from assignment_slot s" + CLAIMABLE)
                .param("project", project.value())
                .param("annotator", annotator.value())
                .param("now", now())
                .query(Long.class)
                .single();
        return new Progress(done, held + open);
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

    private static final String CLAIMABLE = """
             where s.project_id = :project
               and (s.state = 'FREE' or (s.state = 'LEASED' and s.expires_at < :now))
               and not exists (select 1 from assignment_slot o
                               where o.comparison_id = s.comparison_id and o.annotator_id = :annotator)
               and not exists (select 1 from assignment_skip k
                               where k.comparison_id = s.comparison_id and k.annotator_id = :annotator)
            """;

    private record Candidate(UUID slot, ComparisonId comparison, int number, boolean aLeft) {}

    private List<Lease> renew(Project project, AnnotatorId annotator) {
        database.sql("update assignment_slot set expires_at = ? where project_id = ? and annotator_id = ? and state ="
                        + " 'LEASED'")
                .params(now().plus(project.leaseDuration()), project.id().value(), annotator.value())
                .update();
        return database.sql(
                        SLOT + "where project_id = ? and annotator_id = ? and state = 'LEASED' order by leased_at, id")
                .params(project.id().value(), annotator.value())
                .query(AssignmentService::lease)
                .list();
    }

    /// The best slots, one a comparison: lowest slot number first, and none of a later round than the first one's.
    private List<Candidate> candidates(ProjectId project, AnnotatorId annotator) {
        List<Candidate> slots = database.sql("""
                        select s.id, s.comparison_id, s.slot_number, s.left_completion_id, c.completion_a_id
                        from assignment_slot s join comparison c on c.id = s.comparison_id
                        """ + CLAIMABLE + " order by s.slot_number, s.ordinal limit " + POOL)
                .param("project", project.value())
                .param("annotator", annotator.value())
                .param("now", now())
                .query((row, _) -> new Candidate(
                        row.getObject("id", UUID.class),
                        new ComparisonId(row.getObject("comparison_id", UUID.class)),
                        row.getInt("slot_number"),
                        row.getObject("left_completion_id", UUID.class)
                                .equals(row.getObject("completion_a_id", UUID.class))))
                .list();
        Map<ComparisonId, Candidate> first = new LinkedHashMap<>();
        slots.forEach(slot -> first.putIfAbsent(slot.comparison, slot));
        return new ArrayList<>(first.values());
    }

    private Map<ComparisonId, Double> weights(ProjectId project, List<Candidate> pool) {
        return priority.stream()
                .findFirst()
                .map(known -> known.weights(
                        project, pool.stream().map(Candidate::comparison).toList()))
                .orElse(Map.of());
    }

    /// Of the pool's earliest round, those that bring the annotator's sides into balance, else all of that round.
    private static List<Candidate> balancing(List<Candidate> pool, int imbalance) {
        int round = pool.stream().mapToInt(Candidate::number).min().orElseThrow();
        List<Candidate> now =
                pool.stream().filter(candidate -> candidate.number == round).toList();
        List<Candidate> balancing = now.stream()
                .filter(candidate -> candidate.aLeft == imbalance < 0)
                .toList();
        return imbalance == 0 || balancing.isEmpty() ? now : balancing;
    }

    /// How much more often completion a has stood left than right for this annotator.
    private int imbalance(ProjectId project, AnnotatorId annotator) {
        return database.sql("""
                        select coalesce(sum(case when s.left_completion_id = c.completion_a_id then 1 else -1 end), 0)
                        from assignment_slot s join comparison c on c.id = s.comparison_id
                        where s.project_id = ? and s.annotator_id = ?
                        """)
                .params(project.value(), annotator.value())
                .query(Integer.class)
                .single();
    }

    /// Each claim is a transaction of its own: on PostgreSQL a lost race over the unique key ends the transaction.
    private Optional<Lease> claim(Project project, AnnotatorId annotator, Candidate candidate, double probability) {
        try {
            return Optional.ofNullable(transactions.execute(
                            _ -> take(candidate.slot, annotator, project.leaseDuration(), probability)))
                    .filter(taken -> taken)
                    .flatMap(_ -> leaseOf(candidate.comparison, annotator));
        } catch (DataIntegrityViolationException alreadyHeld) {
            return Optional.empty(); // the same annotator in a second window was quicker
        }
    }

    private boolean take(UUID slot, AnnotatorId annotator, Duration lasts, double probability) {
        return database.sql("""
                                update assignment_slot set state = 'LEASED', annotator_id = ?, lease_id = ?,
                                       leased_at = ?, expires_at = ?, probability = ?
                                where id = ? and (state = 'FREE' or (state = 'LEASED' and expires_at < ?))
                                """)
                        .params(
                                annotator.value(),
                                UUID.randomUUID(),
                                now(),
                                now().plus(lasts),
                                probability,
                                slot,
                                now())
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
        return clock.instant().atOffset(ZoneOffset.UTC);
    }

    private static Lease lease(ResultSet row, int number) throws SQLException {
        return new Lease(
                new LeaseId(row.getObject("lease_id", UUID.class)),
                new ProjectId(row.getObject("project_id", UUID.class)),
                new ComparisonId(row.getObject("comparison_id", UUID.class)),
                new AnnotatorId(row.getObject("annotator_id", UUID.class)),
                new CompletionId(row.getObject("left_completion_id", UUID.class)),
                row.getObject("expires_at", OffsetDateTime.class).toInstant(),
                row.getDouble("probability"));
    }
}
