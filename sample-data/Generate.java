import generator.Conversation;
import generator.Everyday;
import generator.Pair;
import generator.SmallWorld;
import generator.Writer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Writes the sample data from the texts in `source/`, byte for byte the same every time:
///
///     java sample-data/Generate.java [--out FOLDER] [--corpus FOLDER]
///
/// `--out` names where the sample projects go (default: the folder `sample-data`); `--corpus` also writes the text on
/// which the sample model is trained, which is too large for the repository.
void main(String[] args) throws IOException {
    Path source = Path.of("sample-data", "source");
    Path out = option(args, "--out").orElse(Path.of("sample-data"));

    Everyday everyday = Everyday.read(List.of(source.resolve("everyday-1.txt"), source.resolve("everyday-2.txt")));
    everyday.write(out.resolve("everyday"));

    SmallWorld world = SmallWorld.read(source.resolve("small-world.txt"));
    world.writeProject(out.resolve("small-talk"));
    Writer.lines(out.resolve("preferences.jsonl"), world.preferences(800).stream().map(Pair::json));
    Writer.lines(out.resolve("heldout-preferences.jsonl"), world.heldOutPreferences(100).stream().map(Pair::json));

    Optional<Path> corpus = option(args, "--corpus");
    if (corpus.isPresent()) {
        Writer.lines(corpus.get().resolve("corpus.jsonl"), world.corpus(60_000).map(Conversation::json));
        Writer.lines(corpus.get().resolve("heldout.jsonl"), world.heldOutCorpus(500).map(Conversation::json));
    }
}

Optional<Path> option(String[] args, String name) {
    int at = List.of(args).indexOf(name);
    return at < 0 ? Optional.empty() : Optional.of(Path.of(args[at + 1]));
}
