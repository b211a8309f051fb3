package dev.tiebreak.studio.dataset;

import dev.tiebreak.studio.account.Role;
import jakarta.annotation.security.RolesAllowed;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/// The prompts of the projects with everything that was written for them, sources included.
@Service
@Transactional(readOnly = true)
public class Prompts {
    private final JdbcClient database;

    Prompts(JdbcClient database) {
        this.database = database;
    }

    /// A prompt with its completions.
    ///
    /// @param ordinal counts from 0 in the order of import
    public record Written(int ordinal, Prompt prompt, List<Completion> completions) {
        public Written {
            completions = List.copyOf(completions);
        }
    }

    public long count(ProjectId project) {
        return database.sql("select count(*) from prompt where project_id = ?")
                .param(project.value())
                .query(Long.class)
                .single();
    }

    /// A page of them in the order of import.
    @RolesAllowed({Role.Names.DATA_LEAD, Role.Names.ML_ENGINEER, Role.Names.ADMINISTRATOR})
    public List<Written> page(ProjectId project, int offset, int limit) {
        List<Written> bare = database.sql(
                        "select id, ordinal, turns from prompt where project_id = ? order by ordinal, id limit ? offset ?")
                .params(project.value(), limit, offset)
                .query((row, _) -> new Written(
                        row.getInt("ordinal"),
                        new Prompt(
                                new PromptId(row.getObject("id", UUID.class)),
                                project,
                                TurnsJson.read(row.getString("turns"))),
                        List.of()))
                .list();
        List<Completion> completions = completions(bare);
        return bare.stream()
                .map(each -> new Written(
                        each.ordinal,
                        each.prompt,
                        completions.stream()
                                .filter(completion -> completion.prompt().equals(each.prompt.id()))
                                .toList()))
                .toList();
    }

    private List<Completion> completions(List<Written> prompts) {
        return prompts.isEmpty()
                ? List.of()
                : database.sql("select id, prompt_id, text, source from completion where prompt_id in (:prompts)"
                                + " order by source, id")
                        .param(
                                "prompts",
                                prompts.stream()
                                        .map(each -> each.prompt.id().value())
                                        .toList())
                        .query((row, _) -> new Completion(
                                new CompletionId(row.getObject("id", UUID.class)),
                                new PromptId(row.getObject("prompt_id", UUID.class)),
                                row.getString("text"),
                                Optional.ofNullable(row.getString("source"))))
                        .list();
    }
}
