package dev.tiebreak.cli;

import dev.tiebreak.studio.dataset.Project;
import dev.tiebreak.studio.dataset.ProjectId;
import dev.tiebreak.studio.dataset.ProjectService;
import dev.tiebreak.studio.preference.DatasetFile;
import dev.tiebreak.studio.preference.DatasetVersion;
import dev.tiebreak.studio.preference.Freeze;
import dev.tiebreak.studio.preference.FreezeSettings;
import dev.tiebreak.studio.preference.FreezeSettings.MarginRule;
import dev.tiebreak.studio.preference.FreezeSettings.VotePolicy;
import dev.tiebreak.studio.preference.NothingToFreezeException;
import dev.tiebreak.studio.preference.PreferenceService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/// Freezes a project's judgments, or takes a version that was frozen before, and writes its files.
@Command(
        name = "export",
        description = "Freezes a project's judgments, or takes a frozen version, and writes its preference pairs.",
        mixinStandardHelpOptions = true)
final class ExportCommand implements Callable<Integer> {
    @Spec
    @Nullable
    CommandSpec spec;

    @Option(names = "--project", required = true, paramLabel = "NAME", description = "Name or id of the project.")
    String project = "";

    @Option(names = "--data", defaultValue = "data", description = "Data folder (default: ./${DEFAULT-VALUE}).")
    Path data = Path.of("data");

    @Option(
            names = "--dataset-version",
            paramLabel = "N",
            description = "Number of a version that was frozen before; without it the judgments are frozen now.")
    @Nullable
    Integer version;

    @Option(names = "--freeze", description = "Freeze the judgments now (the default); twins are recognised.")
    boolean freeze;

    @Option(
            names = "--format",
            defaultValue = "trl-jsonl",
            paramLabel = "FORMAT",
            description = "trl-jsonl or csv (default: ${DEFAULT-VALUE}).")
    String format = "trl-jsonl";

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Where the files go.")
    Path out = Path.of("");

    @Option(names = "--min-votes", paramLabel = "N", description = "Fewest votes on a comparison (default: 1).")
    @Nullable
    Integer minVotes;

    @Option(
            names = "--ties",
            paramLabel = "RULE",
            description = "drop: no pair where ties are most frequent (default); ignore: ties are set aside.")
    @Nullable
    VotePolicy ties;

    @Option(names = "--both-bad", paramLabel = "RULE", description = "drop (default) or ignore, as for ties.")
    @Nullable
    VotePolicy bothBad;

    @Option(names = "--margin", paramLabel = "RULE", description = "strength (default), vote_share or none.")
    @Nullable
    MarginRule margin;

    @Option(
            names = "--test-fraction",
            paramLabel = "SHARE",
            description = "Share of the prompts in the test file, 0 to 0.9 (default: 0.1).")
    @Nullable
    Double testFraction;

    @Option(names = "--seed", paramLabel = "N", description = "Seed of the split (default: 0).")
    @Nullable
    Long seed;

    @Option(names = "--json", description = "Say what was written as JSON.")
    boolean json;

    private record Written(String file, long bytes) {}

    @Override
    public Integer call() throws IOException {
        List<DatasetFile> wanted = wanted();
        requireOneSource();
        requireFolder();
        try (var studio = StudioContext.open(data)) {
            CommandLineAccount.signIn();
            Project found = project(studio.getBean(ProjectService.class));
            Freeze source = source(studio, found);
            List<Written> written = new ArrayList<>();
            for (DatasetFile file : wanted) {
                written.add(copy(source.version().file(file), out, file.fileName()));
            }
            report(found, source, written);
        } catch (IllegalArgumentException | NothingToFreezeException e) {
            throw new CommandException(String.valueOf(e.getMessage()));
        } finally {
            CommandLineAccount.signOut();
        }
        return 0;
    }

    private List<DatasetFile> wanted() {
        return switch (format) {
            case "trl-jsonl" -> List.of(DatasetFile.TRAIN_JSONL, DatasetFile.TEST_JSONL, DatasetFile.MANIFEST);
            case "csv" -> List.of(DatasetFile.TRAIN_CSV, DatasetFile.TEST_CSV, DatasetFile.MANIFEST);
            default -> throw new CommandException("unknown format '" + format + "': there are trl-jsonl and csv");
        };
    }

    private void requireOneSource() {
        boolean settings = minVotes != null
                || ties != null
                || bothBad != null
                || margin != null
                || testFraction != null
                || seed != null;
        if (version != null && (freeze || settings)) {
            throw new CommandException(
                    "--dataset-version takes a version as it is: leave out --freeze and the settings of a freeze");
        }
    }

    private Project project(ProjectService projects) {
        return projects.findByName(project)
                .or(() -> ProjectId.parse(project).flatMap(projects::find))
                .orElseThrow(() -> new CommandException("there is no project '" + project + "' in "
                        + data.toAbsolutePath().normalize() + "; there are " + names(projects)));
    }

    private static String names(ProjectService projects) {
        List<String> names =
                projects.all().stream().map(each -> "'" + each.name() + "'").toList();
        return names.isEmpty() ? "none" : String.join(", ", names);
    }

    private Freeze source(ApplicationContext studio, Project found) {
        PreferenceService preferences = studio.getBean(PreferenceService.class);
        Integer number = version;
        if (number == null) {
            return preferences.freeze(found.id(), settings());
        }
        DatasetVersion frozen = preferences
                .find(found.id(), number)
                .orElseThrow(
                        () -> new CommandException("project '" + found.name() + "' has no dataset version " + number
                                + "; it has " + preferences.versions(found.id()).size()));
        return new Freeze(frozen, false);
    }

    private FreezeSettings settings() {
        FreezeSettings defaults = FreezeSettings.defaults();
        return new FreezeSettings(
                minVotes == null ? defaults.minVotes() : minVotes,
                ties == null ? defaults.ties() : ties,
                bothBad == null ? defaults.bothBad() : bothBad,
                margin == null ? defaults.margin() : margin,
                testFraction == null ? defaults.testFraction() : testFraction,
                seed == null ? defaults.seed() : seed);
    }

    private void requireFolder() {
        try {
            Files.createDirectories(out);
            Files.delete(Files.createTempFile(out, ".writable", ""));
        } catch (IOException e) {
            throw new CommandException("cannot write to " + out + ": " + e);
        }
    }

    /// Written aside and renamed: no reader ever sees half a file.
    private static Written copy(Path from, Path folder, String name) throws IOException {
        Path aside = Files.createTempFile(folder, "." + name, ".part");
        try {
            Files.copy(from, aside, StandardCopyOption.REPLACE_EXISTING);
            Files.move(aside, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(aside);
        }
        return new Written(folder.resolve(name).toString(), Files.size(folder.resolve(name)));
    }

    private void report(Project found, Freeze source, List<Written> written) {
        var counts = source.version().counts();
        if (json) {
            Map<String, Object> report = new LinkedHashMap<>();
            report.put("project", found.name());
            report.put("dataset_version", source.version().number());
            report.put("new", source.isNew());
            report.put("sha256", source.version().sha256());
            report.put("counts", counts);
            report.put("files", written);
            print(JsonMapper.shared().writeValueAsString(report));
            return;
        }
        print("%s, dataset version %d (%s)"
                .formatted(
                        found.name(),
                        source.version().number(),
                        source.isNew()
                                ? "frozen now"
                                : version == null ? "identical to it: nothing new" : "as frozen"));
        print("%,d pairs of %,d comparisons: %,d for training, %,d for testing%s"
                .formatted(
                        counts.pairs(),
                        counts.comparisons(),
                        counts.trainPairs(),
                        counts.testPairs(),
                        counts.losses().isEmpty() ? "" : "; no pair: " + counts.losses()));
        written.forEach(file -> print("  %,14d bytes  %s".formatted(file.bytes(), file.file())));
    }

    private void print(String line) {
        Objects.requireNonNull(spec).commandLine().getOut().println(line);
    }
}
