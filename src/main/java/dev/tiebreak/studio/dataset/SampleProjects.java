package dev.tiebreak.studio.dataset;

import dev.tiebreak.studio.account.SystemAccount;
import dev.tiebreak.studio.dataset.ImportRequest.ImportFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// Loads the sample projects at the first start of a demo: every folder of the sample data with a `project.json`.
@Component
@Order(10)
class SampleProjects implements ApplicationRunner {
    private static final Logger LOG = LoggerFactory.getLogger(SampleProjects.class);

    private final ProjectService projects;
    private final ImportService imports;
    private final boolean demo;
    private final Path folder;

    SampleProjects(
            ProjectService projects,
            ImportService imports,
            @Value("${tiebreak.demo:false}") boolean demo,
            @Value("${tiebreak.sample-data}") Path folder) {
        this.projects = projects;
        this.imports = imports;
        this.demo = demo;
        this.folder = folder;
    }

    record SampleProject(String name, String description, String rubric, int overlap) {}

    @Override
    public void run(ApplicationArguments arguments) throws IOException {
        if (!demo || !Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> folders = Files.list(folder)) {
            for (Path sample : folders.sorted().toList()) {
                if (Files.exists(sample.resolve("project.json"))) {
                    SystemAccount.act(() -> load(sample));
                }
            }
        }
    }

    private void load(Path sample) {
        SampleProject wanted = JsonMapper.shared().readValue(sample.resolve("project.json"), SampleProject.class);
        if (projects.findByName(wanted.name()).isPresent()) {
            return;
        }
        LOG.info("Loading the sample project '{}'", wanted.name());
        Project project = projects.create(new NewProject(
                wanted.name(),
                wanted.description(),
                Optional.of(wanted.rubric()),
                wanted.overlap(),
                Duration.ofMinutes(30)));
        ImportResult result = imports.importFiles(
                new ImportRequest(
                        project.id(),
                        List.of(
                                new ImportFile(
                                        sample.resolve("prompts.jsonl"), "prompts.jsonl", ImportFormat.SAMPLE_PROMPTS),
                                new ImportFile(
                                        sample.resolve("votes.jsonl"), "votes.jsonl", ImportFormat.SAMPLE_VOTES)),
                        false),
                _ -> {});
        if (!result.imported()) {
            LOG.error("The sample project '{}' has bad rows: {}", wanted.name(), result.problems());
        }
    }
}
