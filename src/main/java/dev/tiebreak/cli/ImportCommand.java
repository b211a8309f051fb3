package dev.tiebreak.cli;

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
import dev.tiebreak.studio.dataset.ProjectService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.DoubleConsumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;

/// Imports files into a project of the studio.
@Command(name = "import", description = "Imports prompts, completions and votes into a project.")
final class ImportCommand implements Callable<Integer> {
    @Parameters(
            arity = "1..*",
            paramLabel = "FILE",
            description = "JSONL or CSV, may be gzipped; votes may come with their pairs.")
    List<Path> files = List.of();

    @Option(names = "--project", required = true, description = "Name of the project; it is created where missing.")
    String project = "";

    @Option(names = "--data", defaultValue = "data", description = "Data folder (default: ./${DEFAULT-VALUE}).")
    Path data = Path.of("data");

    @Option(names = "--format", description = "Instead of telling it by the first row.")
    @Nullable
    String format;

    @Option(names = "--good-rows-only", description = "Import the good rows when others are bad.")
    boolean goodRowsOnly;

    @Option(names = "--rejects", description = "Where to write the list of bad rows.")
    @Nullable
    Path rejects;

    @Option(names = "--map", paramLabel = "ours=theirs", description = "For CSV: prompt=question …; repeatable.")
    Map<String, String> columns = new LinkedHashMap<>();

    @Option(names = "--overlap", defaultValue = "1", description = "Annotators a comparison, for a new project.")
    int overlap;

    @Option(names = "--rubric", description = "Key of the rubric, for a new project.")
    @Nullable
    String rubric;

    @Option(names = "--json", description = "Print the result as JSON.")
    boolean json;

    @Override
    public Integer call() throws IOException {
        for (Path file : files) {
            if (!Files.isReadable(file) || Files.isDirectory(file)) {
                throw new CommandException(file + ": no such file, or it cannot be read");
            }
        }
        try (var studio = StudioContext.open(data)) {
            ImportService imports = studio.getBean(ImportService.class);
            List<ImportFile> all =
                    files.stream().map(file -> importFile(imports, file)).toList();
            Project into = project(studio.getBean(ProjectService.class));
            ImportResult result =
                    imports.importFiles(new ImportRequest(into.id(), all, goodRowsOnly, columns), progressBar());
            keepRejects(result);
            print(result);
            return result.imported() ? 0 : 2;
        } catch (ImportFailedException | InvalidProjectException e) {
            throw new CommandException(String.valueOf(e.getMessage()));
        }
    }

    private ImportFile importFile(ImportService imports, Path file) {
        String name = file.getFileName().toString();
        ImportFormat chosen = format == null
                ? imports.detect(file, name)
                : ImportFormat.named(format)
                        .orElseThrow(() -> new CommandException(
                                "there is no format '" + format + "'; known are " + ImportFormat.names()));
        return new ImportFile(file, name, chosen);
    }

    private Project project(ProjectService projects) {
        return projects.findByName(project)
                .orElseGet(() -> projects.create(
                        new NewProject(project, "", Optional.ofNullable(rubric), overlap, Duration.ofMinutes(30))));
    }

    private static DoubleConsumer progressBar() {
        if (System.console() == null || !System.console().isTerminal()) {
            return _ -> {};
        }
        int[] shown = {-1};
        return share -> {
            int percent = (int) (share * 100);
            if (percent != shown[0]) {
                shown[0] = percent;
                System.err.printf(
                        "\r[%-40s] %3d %%%s", "#".repeat(percent * 2 / 5), percent, percent == 100 ? "\n" : "");
            }
        };
    }

    private void keepRejects(ImportResult result) throws IOException {
        if (rejects != null && result.rejectList().isPresent()) {
            Files.copy(result.rejectList().get(), rejects, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private void print(ImportResult result) {
        if (json) {
            System.out.println(JsonMapper.shared().writeValueAsString(result));
            return;
        }
        System.out.printf(
                "%,d rows read, %,d rejected: %,d new prompts, %,d completions, %,d comparisons, %,d votes%n",
                result.rowsRead(),
                result.rowsRejected(),
                result.newPrompts(),
                result.newCompletions(),
                result.newComparisons(),
                result.newVotes());
        result.problems().stream().limit(20).map(ImportProblem::toString).forEach(System.err::println);
        if (result.rowsRejected() > 20) {
            System.err.printf("… and %,d more%n", result.rowsRejected() - 20);
        }
        result.rejectList()
                .ifPresent(file -> System.err.println("All bad rows: " + (rejects == null ? file : rejects)));
        if (!result.imported()) {
            System.err.println("Nothing was imported; --good-rows-only imports the others.");
        } else if (result.nothingNew()) {
            System.out.println("Everything had been imported before.");
        }
    }
}
