package dev.tiebreak.studio.dataset;

import dev.tiebreak.studio.account.AnnotatorId;
import dev.tiebreak.studio.dataset.CandidateWriter.VoteInRow;
import dev.tiebreak.studio.dataset.format.Row.Candidates;
import dev.tiebreak.studio.dataset.format.Row.CompletionVote;
import dev.tiebreak.studio.dataset.format.Row.PairVote;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Writes votes: finds what they are about, turns them to canonical order, and makes their authors known.
final class VoteWriter {
    private final ProjectId project;
    private final JdbcClient database;
    private final ImportedVotes votes;
    private final Set<AnnotatorId> annotators = new HashSet<>();
    private long newVotes;

    VoteWriter(ProjectId project, JdbcClient database, ImportedVotes votes) {
        this.project = project;
        this.database = database;
        this.votes = votes;
    }

    /// Votes that stood in the rows of their completions.
    void writeRowVotes(List<VoteInRow> rows) {
        record(rows.stream()
                .map(row -> vote(
                        row.on(),
                        row.first(),
                        row.vote().annotator(),
                        row.vote().verdict(),
                        row.vote().strength(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        row.format()))
                .toList());
    }

    /// Votes on what other files have brought.
    void write(List<PendingRow> rows, PendingRow.Refusal refusal) {
        Map<String, List<OrientedComparison>> pairs = pairsNamed(rows.stream()
                .flatMap(row -> row.row() instanceof PairVote vote ? Stream.of(vote.pair()) : Stream.empty())
                .toList());
        Map<String, List<UUID>> completions = completionsNamed(completionVotes(rows)
                .flatMap(vote -> Stream.of(vote.left(), vote.right()))
                .toList());
        Map<UUID, OrientedComparison> comparisons = CandidateWriter.oriented(
                database, comparisonsOf(completionVotes(rows).toList(), completions));
        List<ImportedVote> found = new ArrayList<>();
        for (PendingRow row : rows) {
            switch (row.row()) {
                case PairVote vote ->
                    only(row, refusal, "id", "pair", pairs.getOrDefault(vote.pair(), List.of()))
                            .map(pair -> vote(row, vote, pair))
                            .ifPresent(found::add);
                case CompletionVote vote ->
                    vote(row, refusal, vote, completions, comparisons).ifPresent(found::add);
                case Candidates _ -> {} // written before
            }
        }
        record(found);
    }

    private static Stream<CompletionVote> completionVotes(List<PendingRow> rows) {
        return rows.stream()
                .flatMap(row -> row.row() instanceof CompletionVote vote ? Stream.of(vote) : Stream.empty());
    }

    /// The one thing that a name stands for; a name for none or for several is the row's fault.
    private static <T> Optional<T> only(
            PendingRow row, PendingRow.Refusal refusal, String column, String what, List<T> named) {
        if (named.size() == 1) {
            return Optional.of(named.getFirst());
        }
        refusal.refuse(
                row,
                column,
                named.isEmpty()
                        ? "names no " + what + " of this project; import the " + what + "s first"
                        : "names " + named.size() + " " + what + "s of this project");
        return Optional.empty();
    }

    private ImportedVote vote(PendingRow row, PairVote vote, OrientedComparison pair) {
        return vote(
                pair,
                pair.a(),
                vote.annotator(),
                vote.verdict(),
                vote.leftStrength(),
                Optional.of(pair.a()),
                Optional.empty(),
                Optional.empty(),
                row.format());
    }

    private Optional<ImportedVote> vote(
            PendingRow row,
            PendingRow.Refusal refusal,
            CompletionVote vote,
            Map<String, List<UUID>> completions,
            Map<UUID, OrientedComparison> comparisons) {
        Optional<UUID> left =
                only(row, refusal, "left", "completion", completions.getOrDefault(vote.left(), List.of()));
        Optional<UUID> right = left.flatMap(
                _ -> only(row, refusal, "right", "completion", completions.getOrDefault(vote.right(), List.of())));
        if (left.isEmpty() || right.isEmpty()) {
            return Optional.empty();
        }
        OrientedComparison on = comparisons.get(ContentIds.comparison(left.get(), right.get()));
        if (on == null) {
            refusal.refuse(row, "right", "is not compared with 'left' in this project");
            return Optional.empty();
        }
        return Optional.of(vote(
                on,
                left.get(),
                vote.annotator(),
                vote.verdict(),
                vote.leftStrength(),
                left,
                vote.at(),
                vote.active(),
                row.format()));
    }

    /// @param first the completion that is better when the strength is above 0
    private ImportedVote vote(
            OrientedComparison on,
            UUID first,
            String annotator,
            Verdict verdict,
            int strength,
            Optional<UUID> left,
            Optional<Instant> at,
            Optional<Duration> active,
            ImportFormat format) {
        AnnotatorId who = annotator(annotator);
        ComparisonId comparison = new ComparisonId(on.id());
        return new ImportedVote(
                ContentIds.vote(comparison, who, format),
                comparison,
                who,
                verdict,
                first.equals(on.a()) ? strength : -strength,
                left.map(CompletionId::new),
                at,
                active,
                format.commandName());
    }

    private AnnotatorId annotator(String name) {
        AnnotatorId id = ContentIds.annotator(project, name);
        if (annotators.add(id) && !isKnown(id)) {
            database.sql("insert into imported_annotator (id, project_id, external_name) values (?, ?, ?)")
                    .params(id.value(), project.value(), name)
                    .update();
        }
        return id;
    }

    private boolean isKnown(AnnotatorId id) {
        return database.sql("select count(*) from imported_annotator where id = ?")
                        .param(id.value())
                        .query(Long.class)
                        .single()
                > 0;
    }

    private void record(List<ImportedVote> found) {
        if (!found.isEmpty()) {
            newVotes += votes.record(project, found);
        }
    }

    private Map<String, List<OrientedComparison>> pairsNamed(Collection<String> names) {
        Map<String, List<OrientedComparison>> found = new HashMap<>();
        Groups.of(names)
                .forEach(some -> database.sql(
                                "select id, completion_a_id, external_id from comparison where project_id = :project and"
                                        + " external_id in (:names)")
                        .param("project", project.value())
                        .param("names", some)
                        .query(row -> {
                            found.computeIfAbsent(row.getString("external_id"), _ -> new ArrayList<>())
                                    .add(new OrientedComparison(
                                            row.getObject("id", UUID.class),
                                            row.getObject("completion_a_id", UUID.class)));
                        }));
        return found;
    }

    private Map<String, List<UUID>> completionsNamed(Collection<String> names) {
        Map<String, List<UUID>> found = new HashMap<>();
        Groups.of(names)
                .forEach(some -> database.sql("""
                        select c.id, c.external_id from completion c join prompt p on p.id = c.prompt_id
                        where p.project_id = :project and c.external_id in (:names)
                        """)
                        .param("project", project.value())
                        .param("names", some)
                        .query(row -> {
                            found.computeIfAbsent(row.getString("external_id"), _ -> new ArrayList<>())
                                    .add(row.getObject("id", UUID.class));
                        }));
        return found;
    }

    private static List<UUID> comparisonsOf(List<CompletionVote> rows, Map<String, List<UUID>> completions) {
        List<UUID> ids = new ArrayList<>();
        for (CompletionVote vote : rows) {
            for (UUID left : completions.getOrDefault(vote.left(), List.of())) {
                for (UUID right : completions.getOrDefault(vote.right(), List.of())) {
                    ids.add(ContentIds.comparison(left, right));
                }
            }
        }
        return ids;
    }

    long newVotes() {
        return newVotes;
    }
}
