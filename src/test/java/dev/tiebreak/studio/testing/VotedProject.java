package dev.tiebreak.studio.testing;

import dev.tiebreak.studio.account.AnnotatorId;
import dev.tiebreak.studio.account.SystemAccount;
import dev.tiebreak.studio.dataset.ComparisonId;
import dev.tiebreak.studio.dataset.CompletionId;
import dev.tiebreak.studio.dataset.ImportedVote;
import dev.tiebreak.studio.dataset.ImportedVotes;
import dev.tiebreak.studio.dataset.NewProject;
import dev.tiebreak.studio.dataset.ProjectId;
import dev.tiebreak.studio.dataset.ProjectService;
import dev.tiebreak.studio.dataset.Turn;
import dev.tiebreak.studio.dataset.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/// Builds projects with comparisons and votes straight in the database, for the tests of the rooms above.
@TestComponent
public class VotedProject {
    private final ProjectService projects;
    private final ImportedVotes votes;
    private final JdbcClient database;

    public VotedProject(ProjectService projects, ImportedVotes votes, JdbcClient database) {
        this.projects = projects;
        this.votes = votes;
        this.database = database;
    }

    public Built create() {
        return create("p" + UUID.randomUUID());
    }

    public Built create(String name) {
        return new Built(
                SystemAccount.act(() -> projects.create(NewProject.named(name))).id());
    }

    /// One project that grows.
    public final class Built {
        public final ProjectId id;
        private final List<AnnotatorId> annotators = new ArrayList<>();
        private int ordinal;

        private Built(ProjectId id) {
            this.id = id;
        }

        /// A comparison of two new completions of a new prompt.
        public Added comparison(List<Turn> turns, String a, String b) {
            UUID prompt = UUID.randomUUID();
            String json = JsonMapper.shared().writeValueAsString(turns);
            database.sql("insert into prompt (id, project_id, content_hash, turns, ordinal) values (?, ?, ?, ?, ?)")
                    .params(prompt, id.value(), "hash of " + json.hashCode() + " " + ordinal, json, ordinal)
                    .update();
            return comparison(prompt, completion(prompt, a), completion(prompt, b));
        }

        public Added comparison(String prompt, String a, String b) {
            return comparison(List.of(Turn.user(prompt)), a, b);
        }

        /// The same two completions, named the other way round.
        public Added mirrored(Added other) {
            return comparison(other.prompt, other.b, other.a);
        }

        private Added comparison(UUID prompt, UUID a, UUID b) {
            UUID comparison = UUID.randomUUID();
            database.sql("insert into comparison (id, project_id, prompt_id, completion_a_id, completion_b_id, ordinal)"
                            + " values (?, ?, ?, ?, ?, ?)")
                    .params(comparison, id.value(), prompt, a, b, ordinal++)
                    .update();
            return new Added(this, new ComparisonId(comparison), prompt, a, b);
        }

        private UUID completion(UUID prompt, String text) {
            UUID completion = UUID.randomUUID();
            database.sql("insert into completion (id, prompt_id, content_hash, text) values (?, ?, ?, ?)")
                    .params(completion, prompt, "hash of " + completion, text)
                    .update();
            return completion;
        }

        private AnnotatorId annotator(int number) {
            while (annotators.size() <= number) {
                UUID annotator = UUID.randomUUID();
                database.sql("insert into imported_annotator (id, project_id, external_name) values (?, ?, ?)")
                        .params(annotator, id.value(), "annotator " + annotators.size())
                        .update();
                annotators.add(new AnnotatorId(annotator));
            }
            return annotators.get(number);
        }
    }

    /// A comparison to vote on.
    public final class Added {
        public final ComparisonId id;
        private final Built project;
        private final UUID prompt;
        private final UUID a;
        private final UUID b;

        private Added(Built project, ComparisonId id, UUID prompt, UUID a, UUID b) {
            this.project = project;
            this.id = id;
            this.prompt = prompt;
            this.a = a;
            this.b = b;
        }

        /// Each annotator in turn votes with a strength towards a, `t` tie, `x` both bad, `s` skip, `-` not at all; a
        /// always stands left.
        public Added votes(String cast) {
            String[] each = cast.strip().split(" ");
            for (int annotator = 0; annotator < each.length; annotator++) {
                if (!each[annotator].equals("-")) {
                    vote(annotator, each[annotator]);
                }
            }
            return this;
        }

        /// The same, asked for another purpose: a repeat, or what is gold.
        public Added asked(String purpose, String cast) {
            Set<UUID> before = judgments();
            votes(cast);
            Set<UUID> added = judgments();
            added.removeAll(before);
            added.forEach(judgment -> database.sql("update judgment set purpose = ? where id = ?")
                    .params(purpose, judgment)
                    .update());
            return this;
        }

        /// @param expected `A`, `B`, `TIE` or `BOTH_BAD`
        public Added gold(String expected, boolean attention) {
            database.sql("insert into gold_comparison (comparison_id, project_id, expected, attention, marked_at,"
                            + " marked_by) values (?, ?, ?, ?, current_timestamp, 'a test')")
                    .params(id.value(), project.id.value(), expected, attention)
                    .update();
            return this;
        }

        private Set<UUID> judgments() {
            return new HashSet<>(database.sql("select id from judgment where comparison_id = ?")
                    .param(id.value())
                    .query(UUID.class)
                    .list());
        }

        private void vote(int annotator, String cast) {
            Verdict verdict = switch (cast) {
                case "t" -> Verdict.TIE;
                case "x" -> Verdict.BOTH_BAD;
                case "s" -> Verdict.SKIP;
                default -> Verdict.PREFERENCE;
            };
            votes.record(
                    project.id,
                    List.of(new ImportedVote(
                            UUID.randomUUID(),
                            id,
                            project.annotator(annotator),
                            verdict,
                            verdict == Verdict.PREFERENCE ? Integer.parseInt(cast) : 0,
                            Optional.of(new CompletionId(a)),
                            Optional.empty(),
                            Optional.of(Duration.ofSeconds(4)),
                            "test")));
        }
    }
}
