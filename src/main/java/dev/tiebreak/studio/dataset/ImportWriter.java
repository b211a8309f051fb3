package dev.tiebreak.studio.dataset;

import dev.tiebreak.studio.account.AnnotatorId;
import dev.tiebreak.studio.dataset.format.ContentHash;
import dev.tiebreak.studio.dataset.format.Row;
import dev.tiebreak.studio.dataset.format.Row.Candidate;
import dev.tiebreak.studio.dataset.format.Row.Candidates;
import dev.tiebreak.studio.dataset.format.Row.CompletionVote;
import dev.tiebreak.studio.dataset.format.Row.PairVote;
import dev.tiebreak.studio.dataset.format.Row.RowVote;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Writes the rows of one import in batches, in the caller's transaction. What is there already is recognised by its
/// id, which follows from its content.
final class ImportWriter {
    private static final int BATCH = 400;
    private static final int BATCH_CHARACTERS = 4_000_000;
    private static final int LONGEST_PROMPT = 1_000_000; // what the column holds

    private final ProjectId project;
    private final JdbcClient database;
    private final JdbcTemplate batches;
    private final ImportedVotes votes;
    private final RejectList rejects;
    private final Set<UUID> annotators = new HashSet<>();
    private final List<Pending> pending = new ArrayList<>();
    private final List<Rejected> rejected = new ArrayList<>();
    private int pendingCharacters;
    private int nextPrompt;
    private int nextComparison;

    long rows;
    long newPrompts;
    long newCompletions;
    long newComparisons;
    long newVotes;

    private record Pending(String file, ImportFormat format, long line, Row row, String raw) {}

    private record Rejected(ImportProblem problem, String raw) {}

    ImportWriter(
            ProjectId project, JdbcClient database, JdbcTemplate batches, ImportedVotes votes, RejectList rejects) {
        this.project = project;
        this.database = database;
        this.batches = batches;
        this.votes = votes;
        this.rejects = rejects;
        this.nextPrompt = next("prompt");
        this.nextComparison = next("comparison");
    }

    void add(String file, ImportFormat format, long line, Row row, String raw) {
        rows++;
        pending.add(new Pending(file, format, line, row, raw));
        flushWhenFull(raw);
    }

    /// A row that could not be read; it takes its place among those that cannot be written.
    void reject(ImportProblem problem, String raw) {
        rows++;
        rejected.add(new Rejected(problem, raw));
        flushWhenFull(raw);
    }

    private void flushWhenFull(String raw) {
        pendingCharacters += raw.length();
        if (pending.size() + rejected.size() >= BATCH || pendingCharacters >= BATCH_CHARACTERS) {
            flush();
        }
    }

    /// Writes what is waiting. Call it at the end of each file: votes of the next refer to what is there.
    void flush() {
        writeCandidates();
        writeVotes();
        rejected.stream()
                .sorted(Comparator.comparingLong(each -> each.problem.line()))
                .forEach(each -> rejects.add(each.problem, each.raw));
        pending.clear();
        rejected.clear();
        pendingCharacters = 0;
    }

    private int next(String table) {
        return database.sql("select coalesce(max(ordinal) + 1, 0) from " + table + " where project_id = ?")
                .param(project.value())
                .query(Integer.class)
                .single();
    }

    /// A comparison as it stands, or will: which completion is its a.
    private record Oriented(UUID comparison, UUID a) {}

    private void writeCandidates() {
        List<Object[]> prompts = new ArrayList<>();
        List<Object[]> completions = new ArrayList<>();
        Map<UUID, Object[]> comparisons = new LinkedHashMap<>();
        List<ImportedVote> rowVotes = new ArrayList<>();
        List<RowVoteOn> votesOn = new ArrayList<>();
        for (Pending row : pending) {
            if (row.row instanceof Candidates candidates && fits(row, candidates)) {
                UUID prompt = prompt(candidates, prompts);
                List<UUID> ids = candidates.completions().stream()
                        .map(candidate -> completion(prompt, candidate, completions))
                        .toList();
                Optional<String> external = ids.size() == 2 ? candidates.id() : Optional.empty();
                for (int i = 0; i < ids.size(); i++) {
                    for (int j = i + 1; j < ids.size(); j++) {
                        UUID id = ContentIds.comparison(ids.get(i), ids.get(j));
                        comparisons.putIfAbsent(id, new Object[] {
                            id, project.value(), prompt, ids.get(i), ids.get(j), external.orElse(null)
                        });
                    }
                }
                candidates
                        .vote()
                        .ifPresent(vote -> votesOn.add(new RowVoteOn(
                                ContentIds.comparison(ids.get(0), ids.get(1)), ids.get(0), vote, row.format)));
            }
        }
        newPrompts += insertPrompts(prompts);
        newCompletions +=
                insertMissing("completion", "(id, prompt_id, content_hash, text, source, external_id)", completions);
        Map<UUID, Oriented> there = insertComparisons(comparisons);
        for (RowVoteOn on : votesOn) {
            Oriented oriented = Objects.requireNonNull(there.get(on.comparison));
            rowVotes.add(vote(
                    oriented,
                    on.first,
                    on.vote.annotator(),
                    on.vote.verdict(),
                    on.vote.strength(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    on.format));
        }
        record(rowVotes);
    }

    private boolean fits(Pending row, Candidates candidates) {
        if (TurnsJson.write(candidates.turns()).length() > LONGEST_PROMPT) {
            reject(row, "prompt", "is longer than 1,000,000 characters");
            return false;
        }
        if (Set.copyOf(contents(candidates)).size() < candidates.completions().size()) {
            reject(row, "", "holds the same completion twice");
            return false;
        }
        return true;
    }

    private static List<String> contents(Candidates candidates) {
        return candidates.completions().stream().map(ImportWriter::contentHash).toList();
    }

    private record RowVoteOn(UUID comparison, UUID first, RowVote vote, ImportFormat format) {}

    private UUID prompt(Candidates candidates, List<Object[]> into) {
        String turns = TurnsJson.write(candidates.turns());
        String hash = ContentHash.of(turns);
        UUID id = ContentIds.prompt(project, hash);
        into.add(new Object[] {id, project.value(), hash, turns, candidates.id().orElse(null)});
        return id;
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

    /// Two models may have written the same: they stay two completions.
    private static String contentHash(Candidate candidate) {
        return ContentHash.of(candidate.source().orElse(""), candidate.text());
    }

    private int insertPrompts(List<Object[]> rows) {
        List<Object[]> missing = missing("prompt", rows);
        List<Object[]> numbered = missing.stream()
                .map(row -> new Object[] {row[0], row[1], row[2], row[3], row[4], nextPrompt++})
                .toList();
        batches.batchUpdate(
                "insert into prompt (id, project_id, content_hash, turns, external_id, ordinal) values (?, ?, ?, ?, ?, ?)",
                numbered);
        return numbered.size();
    }

    private int insertMissing(String table, String columns, List<Object[]> rows) {
        List<Object[]> missing = missing(table, rows);
        String marks = "?, ".repeat(columns.split(",").length).replaceAll(", $", "");
        batches.batchUpdate("insert into " + table + " " + columns + " values (" + marks + ")", missing);
        return missing.size();
    }

    /// The rows whose id, their first value, is not there yet; each once.
    private List<Object[]> missing(String table, List<Object[]> rows) {
        Map<UUID, Object[]> distinct = new LinkedHashMap<>();
        rows.forEach(row -> distinct.putIfAbsent((UUID) row[0], row));
        inGroups(
                distinct.keySet(),
                ids -> database.sql("select id from " + table + " where id in (:ids)")
                        .param("ids", ids)
                        .query((row, _) -> row.getObject("id", UUID.class))
                        .list()
                        .forEach(distinct::remove));
        return new ArrayList<>(distinct.values());
    }

    private Map<UUID, Oriented> insertComparisons(Map<UUID, Object[]> wanted) {
        Map<UUID, Oriented> there = oriented(wanted.keySet());
        List<Object[]> missing = new ArrayList<>();
        wanted.forEach((id, row) -> {
            if (!there.containsKey(id)) {
                missing.add(new Object[] {row[0], row[1], row[2], row[3], row[4], nextComparison++, row[5]});
                there.put(id, new Oriented(id, (UUID) row[3]));
            }
        });
        batches.batchUpdate(
                "insert into comparison (id, project_id, prompt_id, completion_a_id, completion_b_id, ordinal,"
                        + " external_id) values (?, ?, ?, ?, ?, ?, ?)",
                missing);
        newComparisons += missing.size();
        return there;
    }

    private Map<UUID, Oriented> oriented(Collection<UUID> comparisons) {
        Map<UUID, Oriented> there = new HashMap<>();
        inGroups(
                comparisons,
                ids -> database.sql("select id, completion_a_id from comparison where id in (:ids)")
                        .param("ids", ids)
                        .query((row, _) -> new Oriented(
                                row.getObject("id", UUID.class), row.getObject("completion_a_id", UUID.class)))
                        .list()
                        .forEach(oriented -> there.put(oriented.comparison, oriented)));
        return there;
    }

    private void writeVotes() {
        List<ImportedVote> found = new ArrayList<>();
        Map<String, List<Oriented>> pairs = pairsNamed(pending.stream()
                .filter(row -> row.row instanceof PairVote)
                .map(row -> ((PairVote) row.row).pair())
                .toList());
        Map<String, List<UUID>> completions = completionsNamed(pending.stream()
                .filter(row -> row.row instanceof CompletionVote)
                .map(row -> (CompletionVote) row.row)
                .flatMap(vote -> Stream.of(vote.left(), vote.right()))
                .toList());
        Map<UUID, Oriented> comparisons = oriented(comparisonsOf(completions));
        for (Pending row : pending) {
            switch (row.row) {
                case PairVote vote ->
                    only(row, "id", "pair", pairs.getOrDefault(vote.pair(), List.of()))
                            .map(pair -> vote(row, vote, pair))
                            .ifPresent(found::add);
                case CompletionVote vote ->
                    vote(row, vote, completions, comparisons).ifPresent(found::add);
                case Candidates _ -> {} // written before
            }
        }
        record(found);
    }

    /// The one thing that a name stands for; a name for none or for several is the row's fault.
    private <T> Optional<T> only(Pending row, String column, String what, List<T> named) {
        if (named.size() == 1) {
            return Optional.of(named.getFirst());
        }
        reject(
                row,
                column,
                named.isEmpty()
                        ? "names no " + what + " of this project; import the " + what + "s first"
                        : "names " + named.size() + " " + what + "s of this project");
        return Optional.empty();
    }

    private ImportedVote vote(Pending row, PairVote vote, Oriented pair) {
        return vote(
                pair,
                pair.a,
                vote.annotator(),
                vote.verdict(),
                vote.leftStrength(),
                Optional.of(pair.a),
                Optional.empty(),
                Optional.empty(),
                row.format);
    }

    private Optional<ImportedVote> vote(
            Pending row, CompletionVote vote, Map<String, List<UUID>> completions, Map<UUID, Oriented> comparisons) {
        Optional<UUID> left = only(row, "left", "completion", completions.getOrDefault(vote.left(), List.of()));
        Optional<UUID> right =
                left.flatMap(_ -> only(row, "right", "completion", completions.getOrDefault(vote.right(), List.of())));
        if (left.isEmpty() || right.isEmpty()) {
            return Optional.empty();
        }
        Oriented on = comparisons.get(ContentIds.comparison(left.get(), right.get()));
        if (on == null) {
            reject(row, "right", "is not compared with 'left' in this project");
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
                row.format));
    }

    private void reject(Pending row, String column, String reason) {
        rejected.add(new Rejected(new ImportProblem(row.file, row.line, column, reason), row.raw));
    }

    /// @param first the completion that is better when the strength is above 0
    private ImportedVote vote(
            Oriented on,
            UUID first,
            String annotator,
            Verdict verdict,
            int strength,
            Optional<UUID> left,
            Optional<Instant> at,
            Optional<Duration> active,
            ImportFormat format) {
        AnnotatorId who = annotator(annotator);
        ComparisonId comparison = new ComparisonId(on.comparison);
        return new ImportedVote(
                ContentIds.vote(comparison, who, format),
                comparison,
                who,
                verdict,
                first.equals(on.a) ? strength : -strength,
                left.map(CompletionId::new),
                at,
                active,
                format.commandName());
    }

    private AnnotatorId annotator(String name) {
        AnnotatorId id = ContentIds.annotator(project, name);
        if (annotators.add(id.value())) {
            insertMissing("imported_annotator", "(id, project_id, external_name)", List.<Object[]>of(new Object[] {
                id.value(), project.value(), name
            }));
        }
        return id;
    }

    private void record(List<ImportedVote> found) {
        if (!found.isEmpty()) {
            newVotes += votes.record(project, found);
        }
    }

    private Map<String, List<Oriented>> pairsNamed(Collection<String> names) {
        Map<String, List<Oriented>> found = new HashMap<>();
        inGroups(
                new HashSet<>(names),
                some -> database.sql(
                                "select id, completion_a_id, external_id from comparison where project_id = :project and"
                                        + " external_id in (:names)")
                        .param("project", project.value())
                        .param("names", some)
                        .query(row -> {
                            found.computeIfAbsent(row.getString("external_id"), _ -> new ArrayList<>())
                                    .add(new Oriented(
                                            row.getObject("id", UUID.class),
                                            row.getObject("completion_a_id", UUID.class)));
                        }));
        return found;
    }

    private Map<String, List<UUID>> completionsNamed(Collection<String> names) {
        Map<String, List<UUID>> found = new HashMap<>();
        inGroups(
                new HashSet<>(names),
                some -> database.sql("""
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

    private List<UUID> comparisonsOf(Map<String, List<UUID>> completions) {
        List<UUID> ids = new ArrayList<>();
        for (Pending row : pending) {
            if (row.row instanceof CompletionVote vote) {
                for (UUID left : completions.getOrDefault(vote.left(), List.of())) {
                    for (UUID right : completions.getOrDefault(vote.right(), List.of())) {
                        ids.add(ContentIds.comparison(left, right));
                    }
                }
            }
        }
        return ids;
    }

    private static <T> void inGroups(Collection<T> all, Consumer<List<T>> each) {
        List<T> list = new ArrayList<>(all);
        for (int from = 0; from < list.size(); from += BATCH) {
            each.accept(List.copyOf(list.subList(from, Math.min(list.size(), from + BATCH))));
        }
    }
}
