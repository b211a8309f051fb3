package dev.tiebreak.studio.assignment;

import dev.tiebreak.studio.account.AnnotatorId;
import dev.tiebreak.studio.dataset.ComparisonId;
import dev.tiebreak.studio.dataset.ProjectId;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// The slots that an annotator could be given next.
@Component
class SlotCandidates {
    /// So many to draw from: few would send all who ask at once to the same slots.
    private static final int POOL = 128;

    private static final String SELECT = """
            select s.id, s.comparison_id, s.slot_number, s.ordinal, s.left_completion_id from assignment_slot s
            where s.project_id = :project
              and not exists (select 1 from assignment_slot o
                              where o.comparison_id = s.comparison_id and o.annotator_id = :annotator)
              and not exists (select 1 from assignment_skip k
                              where k.comparison_id = s.comparison_id and k.annotator_id = :annotator)
            """;

    private final JdbcClient database;
    private final InstantSource clock;

    SlotCandidates(JdbcClient database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    private record Slot(UUID id, ComparisonId comparison, int number, int ordinal, UUID left) {
        Candidate candidate() {
            return new Candidate(
                    id, Purpose.REGULAR, comparison, left, number, SidePlacement.aStandsLeft(ordinal, number));
        }
    }

    /// The best, one a comparison: lowest slot number first, then the order of import.
    List<Candidate> of(ProjectId project, AnnotatorId annotator) {
        Map<ComparisonId, Candidate> first = new LinkedHashMap<>();
        // each is read in the order of an index, so that twenty thousand comparisons cost what a hundred do
        Stream.concat(
                        slots(project, annotator, "and s.state = 'FREE'").stream(),
                        slots(project, annotator, "and s.state = 'LEASED' and s.expires_at < :now").stream())
                .sorted(Comparator.comparingInt(Slot::number).thenComparingInt(Slot::ordinal))
                .limit(POOL)
                .forEach(slot -> first.putIfAbsent(slot.comparison, slot.candidate()));
        return new ArrayList<>(first.values());
    }

    private List<Slot> slots(ProjectId project, AnnotatorId annotator, String claimable) {
        return database.sql(
                        SELECT + claimable + " order by s.project_id, s.state, s.slot_number, s.ordinal limit " + POOL)
                .param("project", project.value())
                .param("annotator", annotator.value())
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .query((row, _) -> new Slot(
                        row.getObject("id", UUID.class),
                        new ComparisonId(row.getObject("comparison_id", UUID.class)),
                        row.getInt("slot_number"),
                        row.getInt("ordinal"),
                        row.getObject("left_completion_id", UUID.class)))
                .list();
    }
}
