package dev.tiebreak.studio.judgment;

import dev.tiebreak.studio.account.AnnotatorId;
import dev.tiebreak.studio.assignment.GoldItem.Expected;
import dev.tiebreak.studio.dataset.ProjectId;
import dev.tiebreak.studio.dataset.Verdict;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// What annotators chose on gold items. Attention checks are not told: they teach nothing, and would be known the next
/// time.
@Component
final class GoldOfChecks implements GoldResults {
    private final JdbcClient database;

    GoldOfChecks(JdbcClient database) {
        this.database = database;
    }

    @Override
    public List<Gold> of(ProjectId project, AnnotatorId annotator, int most) {
        return database.sql("""
                        select j.id, j.verdict, j.strength, g.expected, g.explanation
                        from judgment j join gold_comparison g on g.comparison_id = j.comparison_id
                        where j.project_id = ? and j.annotator_id = ? and j.purpose = 'GOLD'
                          and j.verdict not in ('SKIP', 'WITHDRAWN')
                          and not exists (select 1 from judgment later where later.supersedes = j.id)
                        order by j.recorded_at desc, j.id limit ?
                        """)
                .params(project.value(), annotator.value(), most)
                .query(GoldOfChecks::result)
                .list();
    }

    private static Gold result(ResultSet row, int number) throws SQLException {
        Expected expected = Expected.valueOf(row.getString("expected"));
        Verdict verdict = verdict(expected);
        int strength = strength(expected);
        return new Gold(
                new JudgmentId(row.getObject("id", UUID.class)),
                verdict,
                strength,
                Verdict.valueOf(row.getString("verdict")) == verdict
                        && Integer.signum(row.getInt("strength")) == strength,
                Optional.ofNullable(row.getString("explanation")));
    }

    private static Verdict verdict(Expected expected) {
        return switch (expected) {
            case A, B -> Verdict.PREFERENCE;
            case TIE -> Verdict.TIE;
            case BOTH_BAD -> Verdict.BOTH_BAD;
        };
    }

    private static int strength(Expected expected) {
        return switch (expected) {
            case A -> 1;
            case B -> -1;
            case TIE, BOTH_BAD -> 0;
        };
    }
}
