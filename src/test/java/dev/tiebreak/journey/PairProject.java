package dev.tiebreak.journey;

import dev.tiebreak.studio.account.SystemAccount;
import dev.tiebreak.studio.dataset.ImportFormat;
import dev.tiebreak.studio.dataset.ImportRequest;
import dev.tiebreak.studio.dataset.ImportRequest.ImportFile;
import dev.tiebreak.studio.dataset.ImportResult;
import dev.tiebreak.studio.dataset.ImportService;
import dev.tiebreak.studio.dataset.NewProject;
import dev.tiebreak.studio.dataset.ProjectId;
import dev.tiebreak.studio.dataset.ProjectService;
import dev.tiebreak.studio.dataset.Turn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import tools.jackson.databind.json.JsonMapper;

/// A project made for one test, imported from a file like any other.
final class PairProject {

    private PairProject() {}

    /// Two completions to compare.
    record Pair(List<Turn> turns, String a, String b) {
        Pair(String prompt, String a, String b) {
            this(List.of(Turn.user(prompt)), a, b);
        }
    }

    /// `prompt 0`, `first 0`, `second 0` and so on.
    static ProjectId numbered(RunningStudio studio, int comparisons, int overlap) throws IOException {
        return of(
                studio,
                overlap,
                IntStream.range(0, comparisons)
                        .mapToObj(i -> new Pair("prompt " + i, "first " + i, "second " + i))
                        .toList());
    }

    static ProjectId of(RunningStudio studio, int overlap, List<Pair> pairs) throws IOException {
        Path file = Files.createTempFile("pairs", ".jsonl");
        Files.write(file, pairs.stream().map(PairProject::row).toList());
        ProjectId project = SystemAccount.act(() -> studio.bean(ProjectService.class)
                .create(new NewProject(
                        "made for a test " + UUID.randomUUID(),
                        "",
                        Optional.of("helpful-honest-harmless"),
                        overlap,
                        Duration.ofMinutes(30)))
                .id());
        ImportRequest request = new ImportRequest(
                project, List.of(new ImportFile(file, "pairs.jsonl", ImportFormat.SAMPLE_PROMPTS)), false);
        ImportResult result =
                SystemAccount.act(() -> studio.bean(ImportService.class).importFiles(request, _ -> {}));
        Files.delete(file);
        if (!result.imported()) {
            throw new IllegalStateException("the test's own pairs are bad: " + result.problems());
        }
        return project;
    }

    private static String row(Pair pair) {
        String id = UUID.randomUUID().toString();
        return JsonMapper.shared()
                .writeValueAsString(Map.of(
                        "id",
                        id,
                        "turns",
                        pair.turns,
                        "completions",
                        List.of(completion(id + "/a", pair.a), completion(id + "/b", pair.b)),
                        "rubric",
                        "helpful-honest-harmless"));
    }

    private static Map<String, String> completion(String id, String text) {
        return Map.of("id", id, "source", "a-model", "text", text);
    }
}
