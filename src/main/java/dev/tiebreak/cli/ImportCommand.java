package dev.tiebreak.cli;

import dev.tiebreak.studio.dataset.CsvColumn;
import dev.tiebreak.studio.dataset.ImportFailedException;
import dev.tiebreak.studio.dataset.ImportFormat;
import dev.tiebreak.studio.dataset.ImportProblem;
import dev.tiebreak.studio.dataset.ImportRequest;
import dev.tiebreak.studio.dataset.ImportRequest.ImportFile;
import dev.tiebreak.studio.dataset.ImportResult;
import dev.tiebreak.studio.dataset.ImportService;
import dev.tiebreak.studio.dataset.InvalidProjectException;
import dev.tiebreak.studio.dataset.NewProject;
import dev.tiebreak.studio.dataset.Project;
import dev.tiebreak.studio.dataset.ProjectRubric;
import dev.tiebreak.studio.dataset.ProjectRubrics;
import dev.tiebreak.studio.dataset.ProjectService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/// Imports files into a project of the studio.
@Command(
        name = "import",
        description = "Imports prompts, completions and votes into a project: all rows, or none when one is bad.",
        mixinStandardHelpOptions = true)
final class ImportCommand implements Callable<Integer> {
    private static final int MOST_SHOWN = 20;

    @Spec
    @Nullable
    CommandSpec spec;

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE",
            description = "JSONL, JSON or CSV, may be gzipped; votes may come with their pairs.")
    List<Path> files = List.of();

    @Option(
            names = "--project",
            required = true,
            paramLabel = "NAME",
            description = "Name of the project; it is created where missing.")
    String project = "";

    @Option(names = "--data", defaultValue = "data", description = "Data folder (default: ./${DEFAULT-VALUE}).")
    Path data = Path.of("data");

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "Instead of telling it by the first row; ${COMPLETION-CANDIDATES}.",
            completionCandidates = FormatNames.class)
    @Nullable
    String format;

    @Option(names = "--good-rows-only", description = "Import the good rows when others are bad.")
    boolean goodRowsOnly;

    @Option(names = "--rejects", paramLabel = "FILE", description = "Where to write the list of bad rows (CSV).")
    @Nullable
    Path rejects;

    @Option(
            names = "--map",
            paramLabel = "OURS=THEIRS",
            description = "For CSV: which column stands for ours, such as prompt=question; repeatable.")
    Map<String, String> columns = new LinkedHashMap<>();

    @Option(
            names = "--overlap",
            defaultValue = "1",
            paramLabel = "N",
            description = "Annotators a comparison, for a new project (default: ${DEFAULT-VALUE}).")
    int overlap;

    @Option(names = "--rubric", paramLabel = "KEY", description = "Key of the rubric, for a new project.")
    @Nullable
    String rubric;

    @Option(names = "--json", description = "Print the result as JSON.")
    boolean json;

    static final class FormatNames implements Iterable<String> {
        @Override
        public java.util.Iterator<String> iterator() {
            return Arrays.stream(ImportFormat.values())
                    .map(ImportFormat::commandName)
                    .iterator();
        }
    }

    @Override
    public Integer call() throws IOException {
        files.forEach(ImportCommand::requireFile);
        Map<CsvColumn, String> mapped = mapped();
        try (var studio = StudioContext.open(data)) {
            CommandLineAccount.signIn();
            ImportService imports = studio.getBean(ImportService.class);
            List<ImportFile> all = files.stream()
                    .map(file -> importFile(imports, file, mapped))
                    .toList();
            ImportResult result = importFiles(studio, imports, all);
            report(result, keptRejects(result));
            return result.imported() ? 0 : 2;
        } catch (ImportFailedException | InvalidProjectException e) {
            throw new CommandException(String.valueOf(e.getMessage()));
        } finally {
            CommandLineAccount.signOut();
        }
    }

    private static void requireFile(Path file) {
        if (Files.isDirectory(file)) {
            throw new CommandException(file + " is a folder, not a file");
        }
        if (!Files.isReadable(file)) {
            throw new CommandException(file + ": " + (Files.exists(file) ? "cannot be read" : "no such file"));
        }
    }

    private Map<CsvColumn, String> mapped() {
        Map<CsvColumn, String> mapped = new EnumMap<>(CsvColumn.class);
        columns.forEach((ours, theirs) -> mapped.put(
                CsvColumn.named(ours)
                        .orElseThrow(() -> new CommandException("--map: there is no column '" + ours + "'; there are "
                                + Arrays.stream(CsvColumn.values())
                                        .map(CsvColumn::columnName)
                                        .collect(Collectors.joining(", ")))),
                theirs));
        return mapped;
    }

    private ImportFile importFile(ImportService imports, Path file, Map<CsvColumn, String> mapped) {
        String name = file.getFileName().toString();
        ImportFormat chosen = format == null
                ? imports.detect(file, name)
                : ImportFormat.named(format)
                        .orElseThrow(() -> new CommandException(
                                "there is no format '" + format + "'; known are " + ImportFormat.names()));
        return new ImportFile(file, name, chosen, mapped);
    }

    private ImportResult importFiles(ApplicationContext studio, ImportService imports, List<ImportFile> all) {
        Optional<Project> there = studio.getBean(ProjectService.class).findByName(project);
        if (there.isPresent()) {
            return imports.importFiles(
                    new ImportRequest(there.get().id(), all, goodRowsOnly), ProgressBar.onTerminal());
        }
        requireRubric(studio.getBean(ProjectRubrics.class).all());
        NewProject wanted = new NewProject(project, "", Optional.ofNullable(rubric), overlap, Duration.ofMinutes(30));
        return imports.importFiles(wanted, all, goodRowsOnly, ProgressBar.onTerminal());
    }

    private void requireRubric(List<ProjectRubric> rubrics) {
        if (rubric != null && rubrics.stream().noneMatch(each -> each.key().equals(rubric))) {
            throw new CommandException("there is no rubric '" + rubric + "'; there are "
                    + rubrics.stream().map(ProjectRubric::key).sorted().collect(Collectors.joining(", ")));
        }
    }

    private Optional<Path> keptRejects(ImportResult result) throws IOException {
        if (rejects == null || result.rejectList().isEmpty()) {
            return result.rejectList();
        }
        Files.move(result.rejectList().get(), rejects, StandardCopyOption.REPLACE_EXISTING);
        return Optional.of(rejects);
    }

    private void report(ImportResult result, Optional<Path> rejectList) {
        if (json) {
            out(JsonMapper.shared().writeValueAsString(asJson(result, rejectList)));
            return;
        }
        out("%,d rows read, %,d rejected: %,d new prompts, %,d completions, %,d comparisons, %,d votes"
                .formatted(
                        result.rowsRead(),
                        result.rowsRejected(),
                        result.newPrompts(),
                        result.newCompletions(),
                        result.newComparisons(),
                        result.newVotes()));
        result.problems().stream()
                .limit(MOST_SHOWN)
                .map(ImportProblem::toString)
                .forEach(this::err);
        if (result.rowsRejected() > MOST_SHOWN) {
            err("… and %,d more".formatted(result.rowsRejected() - MOST_SHOWN));
        }
        rejectList.ifPresent(file -> err("All bad rows: " + file));
        if (!result.imported()) {
            err("Nothing was imported; --good-rows-only imports the others.");
        } else if (result.nothingNew()) {
            out("Everything had been imported before.");
        }
    }

    private Map<String, Object> asJson(ImportResult result, Optional<Path> rejectList) {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("project", project.strip());
        report.put("imported", result.imported());
        report.put("rows_read", result.rowsRead());
        report.put("rows_rejected", result.rowsRejected());
        report.put("new_prompts", result.newPrompts());
        report.put("new_completions", result.newCompletions());
        report.put("new_comparisons", result.newComparisons());
        report.put("new_votes", result.newVotes());
        report.put("problems", result.problems());
        rejectList.ifPresent(file -> report.put("reject_list", file.toString()));
        return report;
    }

    private void out(String line) {
        Objects.requireNonNull(spec).commandLine().getOut().println(line);
    }

    private void err(String line) {
        Objects.requireNonNull(spec).commandLine().getErr().println(line);
    }
}
