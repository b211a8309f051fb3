package dev.tiebreak.studio.dataset;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/// The comparisons of the projects, with their texts.
@Service
@Transactional(readOnly = true)
public class Comparisons {
    private static final String SELECT = """
            select c.id, c.project_id, c.ordinal, c.prompt_id, p.turns,
                   a.id as a_id, a.text as a_text, a.source as a_source,
                   b.id as b_id, b.text as b_text, b.source as b_source
            from comparison c
                 join prompt p on p.id = c.prompt_id
                 join completion a on a.id = c.completion_a_id
                 join completion b on b.id = c.completion_b_id
            """;
    private static final int MOST_IDS = 500; // a statement's parameters are limited

    private final JdbcClient database;

    Comparisons(JdbcClient database) {
        this.database = database;
    }

    public Optional<Comparison> find(ComparisonId id) {
        return database.sql(SELECT + "where c.id = ?")
                .param(id.value())
                .query(Comparisons::comparison)
                .optional();
    }

    /// Those that exist, in no particular order.
    public List<Comparison> findAll(Collection<ComparisonId> ids) {
        List<UUID> all = ids.stream().map(ComparisonId::value).distinct().toList();
        return IntStream.range(0, (all.size() + MOST_IDS - 1) / MOST_IDS)
                .mapToObj(i -> all.subList(i * MOST_IDS, Math.min(all.size(), (i + 1) * MOST_IDS)))
                .flatMap(
                        some -> database
                                .sql(SELECT + "where c.id in (:ids)")
                                .param("ids", some)
                                .query(Comparisons::comparison)
                                .list()
                                .stream())
                .toList();
    }

    /// All ids of a project in the order of import.
    public List<ComparisonId> ids(ProjectId project) {
        return database.sql("select id from comparison where project_id = ? order by ordinal, id")
                .param(project.value())
                .query((row, _) -> new ComparisonId(row.getObject("id", UUID.class)))
                .list();
    }

    /// By the number that the pages call it, from 1.
    public Optional<ComparisonId> numbered(ProjectId project, int number) {
        return database.sql("select id from comparison where project_id = ? and ordinal = ?")
                .params(project.value(), number - 1)
                .query((row, _) -> new ComparisonId(row.getObject("id", UUID.class)))
                .optional();
    }

    public long count(ProjectId project) {
        return database.sql("select count(*) from comparison where project_id = ?")
                .param(project.value())
                .query(Long.class)
                .single();
    }

    private static Comparison comparison(ResultSet row, int number) throws SQLException {
        ProjectId project = new ProjectId(row.getObject("project_id", UUID.class));
        PromptId promptId = new PromptId(row.getObject("prompt_id", UUID.class));
        Prompt prompt = new Prompt(promptId, project, TurnsJson.read(row.getString("turns")));
        return new Comparison(
                new ComparisonId(row.getObject("id", UUID.class)),
                project,
                row.getInt("ordinal"),
                prompt,
                completion(row, promptId, "a"),
                completion(row, promptId, "b"));
    }

    private static Completion completion(ResultSet row, PromptId prompt, String side) throws SQLException {
        return new Completion(
                new CompletionId(row.getObject(side + "_id", UUID.class)),
                prompt,
                row.getString(side + "_text"),
                Optional.ofNullable(row.getString(side + "_source")));
    }
}
