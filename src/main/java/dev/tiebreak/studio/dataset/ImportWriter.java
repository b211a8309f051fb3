package dev.tiebreak.studio.dataset;

import dev.tiebreak.studio.dataset.format.Row;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Writes the rows of one import in batches, in the caller's transaction. Rows that cannot be written go to the list of
/// rejects, together with those that could not be read, in the order of the file.
final class ImportWriter {
    private static final int BATCH = 400;
    private static final int BATCH_CHARACTERS = 4_000_000;

    private final CandidateWriter candidates;
    private final VoteWriter votes;
    private final RejectList rejects;
    private final List<PendingRow> pending = new ArrayList<>();
    private final List<Rejected> rejected = new ArrayList<>();
    private int pendingCharacters;
    private long rows;

    private record Rejected(ImportProblem problem, String raw) {}

    ImportWriter(CandidateWriter candidates, VoteWriter votes, RejectList rejects) {
        this.candidates = candidates;
        this.votes = votes;
        this.rejects = rejects;
    }

    void add(String file, ImportFormat format, long line, Row row, String raw) {
        rows++;
        pending.add(new PendingRow(file, format, line, row, raw));
        flushWhenFull(raw);
    }

    /// A row that could not be read.
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
        votes.writeRowVotes(candidates.write(pending, this::refuse));
        votes.write(pending, this::refuse);
        rejected.stream()
                .sorted(Comparator.comparingLong(each -> each.problem.line()))
                .forEach(each -> rejects.add(each.problem, each.raw));
        pending.clear();
        rejected.clear();
        pendingCharacters = 0;
    }

    private void refuse(PendingRow row, String column, String reason) {
        rejected.add(new Rejected(new ImportProblem(row.file(), row.line(), column, reason), row.raw()));
    }

    ImportResult result(boolean imported) {
        return new ImportResult(
                imported,
                rows,
                rejects.count(),
                imported ? candidates.newPrompts() : 0,
                imported ? candidates.newCompletions() : 0,
                imported ? candidates.newComparisons() : 0,
                imported ? votes.newVotes() : 0,
                rejects.first(),
                rejects.file());
    }
}
