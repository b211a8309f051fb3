package dev.tiebreak.studio.testing;

import dev.tiebreak.studio.account.SystemAccount;
import dev.tiebreak.studio.dataset.ComparisonsAdded;
import dev.tiebreak.studio.dataset.NewProject;
import dev.tiebreak.studio.dataset.Project;
import dev.tiebreak.studio.dataset.ProjectService;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/// Makes projects with as many comparisons as a test needs, below the import.
@TestComponent
public class SmallProject {
    private final ProjectService projects;
    private final JdbcClient database;
    private final ApplicationEventPublisher events;
    private final TransactionTemplate transactions;

    public SmallProject(
            ProjectService projects,
            JdbcClient database,
            ApplicationEventPublisher events,
            TransactionTemplate transactions) {
        this.projects = projects;
        this.database = database;
        this.events = events;
        this.transactions = transactions;
    }

    /// One prompt and two completions a comparison: `prompt 3`, `a 3`, `b 3`.
    public Project with(int comparisons, int overlap, Duration lease) {
        return transactions.execute(_ -> {
            Project project = SystemAccount.act(() -> projects.create(
                    new NewProject("project " + UUID.randomUUID(), "", Optional.empty(), overlap, lease)));
            for (int i = 0; i < comparisons; i++) {
                comparison(project, i);
            }
            events.publishEvent(new ComparisonsAdded(project.id()));
            return project;
        });
    }

    private void comparison(Project project, int i) {
        UUID prompt = UUID.randomUUID();
        UUID a = UUID.randomUUID();
        UUID b = UUID.randomUUID();
        database.sql("insert into prompt (id, project_id, content_hash, turns, ordinal) values (?, ?, ?, ?, ?)")
                .params(
                        prompt,
                        project.id().value(),
                        prompt.toString(),
                        "[{\"role\":\"user\",\"content\":\"prompt " + i + "\"}]",
                        i)
                .update();
        completion(a, prompt, "a " + i);
        completion(b, prompt, "b " + i);
        database.sql("insert into comparison (id, project_id, prompt_id, completion_a_id, completion_b_id, ordinal)"
                        + " values (?, ?, ?, ?, ?, ?)")
                .params(UUID.randomUUID(), project.id().value(), prompt, a, b, i)
                .update();
    }

    private void completion(UUID id, UUID prompt, String text) {
        database.sql("insert into completion (id, prompt_id, content_hash, text, source) values (?, ?, ?, ?, ?)")
                .params(id, prompt, id.toString(), text, "secret-model")
                .update();
    }
}
