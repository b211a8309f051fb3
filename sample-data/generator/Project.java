package generator;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// A sample project: its own settings, its prompts, and the votes of six simulated annotators.
///
/// @param votes simulated votes a comparison; the project wants one more, which is left to whoever tries the studio
record Project(String name, String description, String rubric, int votes) {

    void write(Path folder, List<Sample> samples, long seed) throws IOException {
        Writer.lines(folder.resolve("project.json"), Stream.of(json()));
        Writer.lines(folder.resolve("prompts.jsonl"), samples.stream().map(sample -> sample.json(rubric)));
        Writer.lines(folder.resolve("votes.jsonl"), new Voting(seed, votes).on(samples).map(Vote::json));
    }

    private String json() {
        return "{\"name\":" + Writer.quoted(name)
                + ",\"description\":" + Writer.quoted(description)
                + ",\"rubric\":" + Writer.quoted(rubric)
                + ",\"overlap\":" + (votes + 1) + "}";
    }
}
