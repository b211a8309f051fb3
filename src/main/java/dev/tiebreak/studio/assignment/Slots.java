package dev.tiebreak.studio.assignment;

import dev.tiebreak.studio.dataset.ComparisonId;
import dev.tiebreak.studio.dataset.ComparisonsAdded;
import dev.tiebreak.studio.dataset.Project;
import dev.tiebreak.studio.dataset.ProjectId;
import dev.tiebreak.studio.dataset.ProjectService;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/// Keeps as many slots a comparison as its project's overlap asks for, less what was judged elsewhere; none for what is
/// gold.
@Component
class Slots {
    private final ProjectService projects;
    private final ObjectProvider<JudgedElsewhere> judgedElsewhere;
    private final JdbcClient database;
    private final JdbcTemplate batches;

    Slots(
            ProjectService projects,
            ObjectProvider<JudgedElsewhere> judgedElsewhere,
            JdbcClient database,
            JdbcTemplate batches) {
        this.projects = projects;
        this.judgedElsewhere = judgedElsewhere;
        this.database = database;
        this.batches = batches;
    }

    private record Existing(ComparisonId comparison, UUID a, UUID b, int ordinal, int slots, boolean gold) {
        int wanted(int overlap, int judgedElsewhere) {
            return gold ? 0 : Math.max(0, overlap - judgedElsewhere);
        }
    }

    /// Adds the slots that are missing and removes free ones that are too many; what is leased or done stays.
    @EventListener
    @Transactional(propagation = Propagation.MANDATORY)
    void adjust(ComparisonsAdded added) {
        Project project = projects.find(added.project()).orElseThrow();
        Map<ComparisonId, Integer> elsewhere = judgedElsewhere.stream()
                .findFirst()
                .map(known -> known.annotatorsPerComparison(project.id()))
                .orElse(Map.of());
        List<Object[]> missing = new ArrayList<>();
        List<Object[]> tooMany = new ArrayList<>();
        for (Existing existing : existing(project.id())) {
            int wanted = existing.wanted(project.overlap(), elsewhere.getOrDefault(existing.comparison, 0));
            for (int number = existing.slots; number < wanted; number++) {
                missing.add(newSlot(project.id(), existing, number));
            }
            if (existing.slots > wanted) {
                tooMany.add(new Object[] {existing.comparison.value(), wanted});
            }
        }
        batches.batchUpdate(
                "insert into assignment_slot (id, project_id, comparison_id, slot_number, ordinal, state,"
                        + " left_completion_id) values (?, ?, ?, ?, ?, 'FREE', ?)",
                missing);
        batches.batchUpdate(
                "delete from assignment_slot where comparison_id = ? and slot_number >= ? and state = 'FREE'", tooMany);
    }

    private List<Existing> existing(ProjectId project) {
        return database.sql("""
                        select c.id, c.completion_a_id, c.completion_b_id, c.ordinal,
                               (select coalesce(max(s.slot_number) + 1, 0) from assignment_slot s
                                where s.comparison_id = c.id) as slots,
                               exists (select 1 from gold_comparison g where g.comparison_id = c.id) as gold
                        from comparison c where c.project_id = ?
                        """)
                .param(project.value())
                .query((row, _) -> new Existing(
                        new ComparisonId(row.getObject("id", UUID.class)),
                        row.getObject("completion_a_id", UUID.class),
                        row.getObject("completion_b_id", UUID.class),
                        row.getInt("ordinal"),
                        row.getInt("slots"),
                        row.getBoolean("gold")))
                .list();
    }

    private static Object[] newSlot(ProjectId project, Existing existing, int number) {
        UUID left = SidePlacement.aStandsLeft(existing.ordinal, number) ? existing.a : existing.b;
        return new Object[] {
            UUID.randomUUID(), project.value(), existing.comparison.value(), number, existing.ordinal, left
        };
    }
}
