package dev.tiebreak.studio.dataset;

import dev.tiebreak.studio.account.AuditLog;
import dev.tiebreak.studio.account.CurrentAccount;
import dev.tiebreak.studio.account.Role;
import dev.tiebreak.studio.dataset.ImportRequest.ImportFile;
import dev.tiebreak.studio.dataset.format.FormatDetector;
import dev.tiebreak.studio.dataset.format.Row;
import dev.tiebreak.studio.dataset.format.RowReader;
import jakarta.annotation.security.RolesAllowed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.function.DoubleConsumer;
import java.util.stream.Collectors;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/// Brings files into a project: row by row, in one transaction, all or nothing unless the good rows were asked for.
@Service
public class ImportService {
    private final ProjectService projects;
    private final ImportedVotes votes;
    private final JdbcClient database;
    private final JdbcTemplate batches;
    private final TransactionTemplate transactions;
    private final ApplicationEventPublisher events;
    private final AuditLog audit;
    private final CurrentAccount account;
    private final InstantSource clock;
    private final Path uploads;

    ImportService(
            ProjectService projects,
            ImportedVotes votes,
            JdbcClient database,
            JdbcTemplate batches,
            TransactionTemplate transactions,
            ApplicationEventPublisher events,
            AuditLog audit,
            CurrentAccount account,
            InstantSource clock,
            @Value("${tiebreak.data}") Path data) {
        this.projects = projects;
        this.votes = votes;
        this.database = database;
        this.batches = batches;
        this.transactions = transactions;
        this.events = events;
        this.audit = audit;
        this.account = account;
        this.clock = clock;
        this.uploads = data.resolve("uploads");
    }

    /// Tells a file's format by its first row.
    ///
    /// @throws ImportFailedException saying what the first row holds when it fits none
    public ImportFormat detect(Path file, String name) {
        return FormatDetector.detect(file, name);
    }

    /// A CSV's columns; empty for other formats.
    public List<String> columns(Path file, String name) {
        return FormatDetector.columns(file, name);
    }

    /// @param progress hears the share of all bytes that was read, 0 to 1; what it throws ends the import, and nothing
    ///                 was imported then
    /// @throws ImportFailedException when a file cannot be read; nothing was imported then
    @RolesAllowed({Role.Names.DATA_LEAD, Role.Names.ML_ENGINEER, Role.Names.ADMINISTRATOR})
    public ImportResult importFiles(ImportRequest request, DoubleConsumer progress) {
        Project project = projects.find(request.project())
                .orElseThrow(() -> new ImportFailedException("there is no such project"));
        Path list = uploads.resolve("rejected-" + UUID.randomUUID() + ".csv");
        try (RejectList rejects = new RejectList(list)) {
            return transactions.execute(transaction -> {
                ImportWriter writer = new ImportWriter(project.id(), database, batches, votes, rejects);
                readAll(request, writer, rejects, progress);
                boolean imported = rejects.count() == 0 || request.goodRowsOnly();
                if (imported) {
                    remember(project, request, writer, rejects);
                    events.publishEvent(new ComparisonsAdded(project.id()));
                } else {
                    transaction.setRollbackOnly();
                }
                return result(writer, rejects, imported);
            });
        }
    }

    private void readAll(ImportRequest request, ImportWriter writer, RejectList rejects, DoubleConsumer progress) {
        List<ImportFile> inOrder = request.files().stream()
                .sorted(Comparator.comparing(ImportFile::format)) // prompts before the votes on them
                .toList();
        long total = Math.max(1, inOrder.stream().mapToLong(ImportService::size).sum());
        long before = 0;
        for (ImportFile file : inOrder) {
            long done = before;
            new RowReader(file, request.columns(), new RowReader.Listener() {
                        @Override
                        public void row(long line, Row row, String raw) {
                            writer.add(file.name(), file.format(), line, row, raw);
                        }

                        @Override
                        public void problem(ImportProblem problem, String raw) {
                            writer.rows++;
                            rejects.add(problem, raw);
                        }
                    })
                    .read(bytes -> progress.accept(Math.min(1, (double) (done + bytes) / total)));
            writer.flush();
            before += size(file);
        }
    }

    private static long size(ImportFile file) {
        try {
            return Files.size(file.path());
        } catch (IOException e) {
            throw new ImportFailedException(file.name() + " cannot be read: " + e);
        }
    }

    private static ImportResult result(ImportWriter writer, RejectList rejects, boolean imported) {
        return new ImportResult(
                imported,
                writer.rows,
                rejects.count(),
                imported ? writer.newPrompts : 0,
                imported ? writer.newCompletions : 0,
                imported ? writer.newComparisons : 0,
                imported ? writer.newVotes : 0,
                rejects.first(),
                rejects.file());
    }

    private void remember(Project project, ImportRequest request, ImportWriter writer, RejectList rejects) {
        String files = request.files().stream().map(ImportFile::name).collect(Collectors.joining(", "));
        String formats = request.files().stream()
                .map(file -> file.format().commandName())
                .distinct()
                .collect(Collectors.joining("+"));
        database.sql("""
                        insert into import_run (id, project_id, files, format, started_at, started_by, rows_read,
                               rows_rejected, new_prompts, new_completions, new_comparisons, new_votes)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        """)
                .params(
                        UUID.randomUUID(),
                        project.id().value(),
                        files.length() > 4000 ? files.substring(0, 4000) : files,
                        formats.length() > 40 ? formats.substring(0, 40) : formats,
                        clock.instant().atOffset(ZoneOffset.UTC),
                        account.actor(),
                        writer.rows,
                        rejects.count(),
                        writer.newPrompts,
                        writer.newCompletions,
                        writer.newComparisons,
                        writer.newVotes)
                .update();
        audit.record("dataset.import", project.name(), files + ": " + writer.rows + " rows");
    }
}
