package dev.tiebreak.studio.dataset;

import dev.tiebreak.studio.dataset.format.ContentHash;
import dev.tiebreak.studio.dataset.format.Row.Candidate;
import dev.tiebreak.studio.dataset.format.Row.Candidates;
import dev.tiebreak.studio.dataset.format.Row.RowVote;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Writes prompts, completions and their comparisons. What is there already is recognised by its content.
final class CandidateWriter {
    private static final int LONGEST_PROMPT = 1_000_000; // what the column holds

    private final ProjectId project;
    private final JdbcClient database;
    private final JdbcTemplate batches;
    private final Instant now;
    private int nextPrompt;
    private int nextComparison;
    private long newPrompts;
    private long newCompletions;
    private long newComparisons;

    CandidateWriter(ProjectId project, JdbcClient database, JdbcTemplate batches, Instant now) {
        this.project = project;
        this.database = database;
        this.batches = batches;
        this.now = now;
        this.nextPrompt = next("prompt");
        this.nextComparison = next("comparison");
    }

    /// A vote that stood in the row of its completions.
    ///
    /// @param first the completion that is better when the strength is above 0
    record VoteInRow(OrientedComparison on, UUID first, RowVote vote, ImportFormat format) {}

    private int next(String table) {
        return database.sql("select coalesce(max(ordinal) + 1, 0) from " + table + " where project_id = ?")
                .param(project.value())
                .query(Integer.class)
                .single();
    }

    /// A row that fits.
    private record Fitting(PendingRow row, Candidates candidates, String turns, String promptHash) {}

    /// @return the votes that stood in the rows
    List<VoteInRow> write(List<PendingRow> rows, PendingRow.Refusal refusal) {
        List<Fitting> fitting =
                rows.stream().flatMap(row -> fitting(row, refusal).stream()).toList();
        Map<String, UUID> prompts = writePrompts(fitting);
        List<Object[]> completions = new ArrayList<>();
        Map<UUID, Object[]> comparisons = new LinkedHashMap<>();
        Map<Fitting, List<UUID>> ids = new LinkedHashMap<>();
        for (Fitting each : fitting) {
            UUID prompt = Objects.requireNonNull(prompts.get(each.promptHash));
            List<UUID> its = each.candidates.completions().stream()
                    .map(candidate -> completion(prompt, candidate, completions))
                    .toList();
            ids.put(each, its);
            addComparisons(prompt, its, each.candidates.id(), comparisons);
        }
        writeCompletions(completions);
        Map<UUID, OrientedComparison> there = writeComparisons(comparisons);
        List<VoteInRow> votes = new ArrayList<>();
        ids.forEach((each, its) -> each.candidates.vote().ifPresent(vote -> {
            UUID comparison = ContentIds.comparison(its.get(0), its.get(1));
            votes.add(
                    new VoteInRow(Objects.requireNonNull(there.get(comparison)), its.get(0), vote, each.row.format()));
        }));
        return votes;
    }

    private Optional<Fitting> fitting(PendingRow row, PendingRow.Refusal refusal) {
        if (!(row.row() instanceof Candidates candidates)) {
            return Optional.empty();
        }
        String turns = TurnsJson.write(candidates.turns());
        if (turns.length() > LONGEST_PROMPT) {
            refusal.refuse(row, "prompt", "is longer than 1,000,000 characters");
            return Optional.empty();
        }
        List<String> contents = candidates.completions().stream()
                .map(CandidateWriter::contentHash)
                .toList();
        if (Set.copyOf(contents).size() < contents.size()) {
            refusal.refuse(row, "", "holds the same completion twice");
            return Optional.empty();
        }
        return Optional.of(new Fitting(row, candidates, turns, ContentHash.of(turns)));
    }

    /// Two models may have written the same: they stay two completions.
    private static String contentHash(Candidate candidate) {
        return ContentHash.of(candidate.source().orElse(""), candidate.text());
    }

    private Map<String, UUID> writePrompts(List<Fitting> rows) {
        Map<String, UUID> ids = promptIds(rows.stream().map(Fitting::promptHash).toList());
        List<Object[]> missing = new ArrayList<>();
        for (Fitting row : rows) {
            if (!ids.containsKey(row.promptHash)) {
                UUID id = ContentIds.newPrompt(project, row.promptHash, now, nextPrompt);
                ids.put(row.promptHash, id);
                missing.add(new Object[] {
                    id,
                    project.value(),
                    row.promptHash,
                    row.turns,
                    row.candidates.id().orElse(null),
                    nextPrompt++
                });
            }
        }
        batches.batchUpdate(
                "insert into prompt (id, project_id, content_hash, turns, external_id, ordinal) values (?, ?, ?, ?, ?, ?)",
                missing);
        newPrompts += missing.size();
        return ids;
    }

    private Map<String, UUID> promptIds(Collection<String> hashes) {
        Map<String, UUID> ids = new HashMap<>();
        Groups.of(hashes)
                .forEach(some -> database.sql(
                                "select content_hash, id from prompt where project_id = :project and content_hash in (:hashes)")
                        .param("project", project.value())
                        .param("hashes", some)
                        .query(row -> {
                            ids.put(row.getString("content_hash"), row.getObject("id", UUID.class));
                        }));
        return ids;
    }

    private static UUID completion(UUID prompt, Candidate candidate, List<Object[]> into) {
        String hash = contentHash(candidate);
        UUID id = ContentIds.completion(prompt, hash);
        into.add(new Object[] {
            id,
            prompt,
            hash,
            candidate.text(),
            candidate.source().orElse(null),
            candidate.id().orElse(null)
        });
        return id;
    }

    /// Every pair of them; only where there is but one pair can it go by the row's own name.
    private void addComparisons(UUID prompt, List<UUID> completions, Optional<String> name, Map<UUID, Object[]> into) {
        Optional<String> external = completions.size() == 2 ? name : Optional.empty();
        for (int i = 0; i < completions.size(); i++) {
            for (int j = i + 1; j < completions.size(); j++) {
                UUID id = ContentIds.comparison(completions.get(i), completions.get(j));
                into.putIfAbsent(id, new Object[] {
                    id, project.value(), prompt, completions.get(i), completions.get(j), external.orElse(null)
                });
            }
        }
    }

    private void writeCompletions(List<Object[]> rows) {
        Map<UUID, Object[]> missing = new LinkedHashMap<>();
        rows.forEach(row -> missing.putIfAbsent((UUID) row[0], row));
        Groups.of(List.copyOf(missing.keySet()))
                .forEach(ids -> database.sql("select id from completion where id in (:ids)")
                        .param("ids", ids)
                        .query((row, _) -> row.getObject("id", UUID.class))
                        .list()
                        .forEach(missing::remove));
        batches.batchUpdate(
                "insert into completion (id, prompt_id, content_hash, text, source, external_id) values (?, ?, ?, ?, ?, ?)",
                List.copyOf(missing.values()));
        newCompletions += missing.size();
    }

    private Map<UUID, OrientedComparison> writeComparisons(Map<UUID, Object[]> wanted) {
        Map<UUID, OrientedComparison> there = oriented(database, wanted.keySet());
        List<Object[]> missing = new ArrayList<>();
        wanted.forEach((id, row) -> {
            if (!there.containsKey(id)) {
                missing.add(new Object[] {row[0], row[1], row[2], row[3], row[4], nextComparison++, row[5]});
                there.put(id, new OrientedComparison(id, (UUID) row[3]));
            }
        });
        batches.batchUpdate(
                "insert into comparison (id, project_id, prompt_id, completion_a_id, completion_b_id, ordinal,"
                        + " external_id) values (?, ?, ?, ?, ?, ?, ?)",
                missing);
        newComparisons += missing.size();
        return there;
    }

    /// Those of the comparisons that are there.
    static Map<UUID, OrientedComparison> oriented(JdbcClient database, Collection<UUID> comparisons) {
        Map<UUID, OrientedComparison> there = new HashMap<>();
        Groups.of(comparisons)
                .forEach(ids -> database.sql("select id, completion_a_id from comparison where id in (:ids)")
                        .param("ids", ids)
                        .query((row, _) -> new OrientedComparison(
                                row.getObject("id", UUID.class), row.getObject("completion_a_id", UUID.class)))
                        .list()
                        .forEach(oriented -> there.put(oriented.id(), oriented)));
        return there;
    }

    long newPrompts() {
        return newPrompts;
    }

    long newCompletions() {
        return newCompletions;
    }

    long newComparisons() {
        return newComparisons;
    }
}
