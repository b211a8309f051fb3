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
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleConsumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DuplicateKeyException;
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
    private final Uploads uploads;
    private final Set<ProjectId> running = ConcurrentHashMap.newKeySet();

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
            Uploads uploads) {
        this.projects = projects;
        this.votes = votes;
        this.database = database;
        this.batches = batches;
        this.transactions = transactions;
        this.events = events;
        this.audit = audit;
        this.account = account;
        this.clock = clock;
        this.uploads = uploads;
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

    /// Imports into a project that is there.
    ///
    /// @param progress hears the share of all bytes that was read, 0 to 1; by throwing it stops the import, and
    ///                 nothing was imported
    /// @throws ImportFailedException when a file cannot be read; nothing was imported then
    @RolesAllowed({Role.Names.DATA_LEAD, Role.Names.ML_ENGINEER, Role.Names.ADMINISTRATOR})
    public ImportResult importFiles(ImportRequest request, DoubleConsumer progress) {
        Project project = projects.find(request.project())
                .orElseThrow(() -> new ImportFailedException("there is no such project"));
        if (!running.add(project.id())) {
            throw new ImportFailedException(
                    "another import into '" + project.name() + "' is running: wait for its end");
        }
        try {
            return importInto(() -> project, request.files(), request.goodRowsOnly(), progress);
        } finally {
            running.remove(project.id());
        }
    }

    /// Imports into a project that is made for it, and is there only if something is imported.
    ///
    /// @throws InvalidProjectException when the name is taken
    /// @throws ImportFailedException when a file cannot be read; nothing was imported then
    @RolesAllowed({Role.Names.DATA_LEAD, Role.Names.ML_ENGINEER, Role.Names.ADMINISTRATOR})
    public ImportResult importFiles(
            NewProject wanted, List<ImportFile> files, boolean goodRowsOnly, DoubleConsumer progress) {
        return importInto(() -> projects.create(wanted), files, goodRowsOnly, progress);
    }

    private ImportResult importInto(
            Supplier<Project> into, List<ImportFile> files, boolean goodRowsOnly, DoubleConsumer progress) {
        Path list = uploads.place("rejected", ".csv");
        try (RejectList rejects = new RejectList(list)) {
            return transactions.execute(transaction -> {
                Project project = into.get();
                ImportWriter writer = new ImportWriter(
                        new CandidateWriter(project.id(), database, batches, clock.instant()),
                        new VoteWriter(project.id(), database, votes),
                        rejects);
                readAll(files, writer, progress);
                boolean imported = rejects.count() == 0 || goodRowsOnly;
                ImportResult result = writer.result(imported);
                if (imported) {
                    remember(project, files, result);
                    events.publishEvent(new ComparisonsAdded(project.id()));
                } else {
                    transaction.setRollbackOnly();
                }
                return result;
            });
        } catch (DuplicateKeyException e) {
            uploads.delete(list);
            throw new ImportFailedException("somebody else imported the same rows at the same moment: import again,"
                    + " what is there already is recognised");
        } catch (RuntimeException e) {
            uploads.delete(list);
            throw e;
        }
    }

    private void readAll(List<ImportFile> files, ImportWriter writer, DoubleConsumer progress) {
        List<ImportFile> inOrder = files.stream()
                .sorted(Comparator.comparing(ImportFile::format)) // prompts before the votes on them
                .toList();
        long total = Math.max(1, inOrder.stream().mapToLong(ImportService::size).sum());
        long before = 0;
        for (ImportFile file : inOrder) {
            long done = before;
            new RowReader(file, new RowReader.Listener() {
                        @Override
                        public void row(long line, Row row, String raw) {
                            writer.add(file.name(), file.format(), line, row, raw);
                        }

                        @Override
                        public void problem(ImportProblem problem, String raw) {
                            writer.reject(problem, raw);
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

    private void remember(Project project, List<ImportFile> files, ImportResult result) {
        String names = files.stream().map(ImportFile::name).collect(Collectors.joining(", "));
        String formats = files.stream()
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
                        cut(names, 4000),
                        cut(formats, 40),
                        clock.instant().atOffset(ZoneOffset.UTC),
                        cut(account.actor(), 100),
                        result.rowsRead(),
                        result.rowsRejected(),
                        result.newPrompts(),
                        result.newCompletions(),
                        result.newComparisons(),
                        result.newVotes())
                .update();
        audit.record("dataset.import", project.name(), names + ": " + result.rowsRead() + " rows");
    }

    private static String cut(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most);
    }
}
