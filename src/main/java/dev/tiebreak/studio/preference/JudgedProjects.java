package dev.tiebreak.studio.preference;

import dev.tiebreak.studio.dataset.ComparisonId;
import dev.tiebreak.studio.dataset.ProjectId;
import dev.tiebreak.studio.dataset.Verdict;
import dev.tiebreak.studio.judgment.CurrentJudgments;
import dev.tiebreak.studio.judgment.Judgment;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Reads comparisons with their current votes, without the texts.
@Component
class JudgedProjects {
    private final JdbcClient database;
    private final CurrentJudgments currentJudgments;

    JudgedProjects(JdbcClient database, CurrentJudgments currentJudgments) {
        this.database = database;
        this.currentJudgments = currentJudgments;
    }

    JudgedProject of(ProjectId project) {
        List<Judgment> judgments = currentJudgments.of(project).stream()
                .sorted(Comparator.comparing(judgment -> judgment.id().value().toString()))
                .toList();
        Map<ComparisonId, VoteCounts> votes = new HashMap<>();
        for (Judgment judgment : judgments) {
            votes.merge(
                    judgment.comparison(),
                    VoteCounts.NONE.plus(judgment.verdict(), judgment.strength()),
                    VoteCounts::plus);
        }
        return new JudgedProject(pooled(rows(project), votes), judgments, graded(judgments));
    }

    private static boolean graded(List<Judgment> judgments) {
        return judgments.stream()
                        .filter(judgment -> judgment.verdict() == Verdict.PREFERENCE)
                        .map(judgment -> Math.abs(judgment.strength()))
                        .distinct()
                        .limit(2)
                        .count()
                > 1;
    }

    private record Row(ComparisonId id, UUID a, UUID b, String promptHash) {}

    private List<Row> rows(ProjectId project) {
        return database.sql("""
                        select c.id, c.completion_a_id, c.completion_b_id, p.content_hash
                        from comparison c join prompt p on p.id = c.prompt_id
                        where c.project_id = ? order by c.ordinal, c.id""")
                .param(project.value())
                .query((row, _) -> new Row(
                        new ComparisonId(row.getObject(1, UUID.class)),
                        row.getObject(2, UUID.class),
                        row.getObject(3, UUID.class),
                        row.getString(4)))
                .list();
    }

    private record CompletionPair(UUID a, UUID b) {
        CompletionPair turned() {
            return new CompletionPair(b, a);
        }
    }

    private static List<JudgedComparison> pooled(List<Row> rows, Map<ComparisonId, VoteCounts> votes) {
        Map<CompletionPair, JudgedComparison> pooled = new LinkedHashMap<>();
        for (Row row : rows) {
            CompletionPair pair = new CompletionPair(row.a(), row.b());
            VoteCounts cast = votes.getOrDefault(row.id(), VoteCounts.NONE);
            JudgedComparison mirrored = pooled.get(pair.turned());
            if (mirrored == null) {
                pooled.put(pair, new JudgedComparison(row.id(), row.promptHash(), cast));
            } else {
                pooled.put(
                        pair.turned(),
                        new JudgedComparison(
                                mirrored.id(),
                                mirrored.promptHash(),
                                mirrored.votes().plus(cast.turned())));
            }
        }
        return List.copyOf(pooled.values());
    }
}
