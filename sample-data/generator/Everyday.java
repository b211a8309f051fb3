package generator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The prompts and completions that people wrote. In their source files
///
/// - `=== id` begins a prompt,
/// - `@user`, `@assistant` or `@system` begins a turn of it,
/// - `--- source quality 1.5` begins a completion.
public final class Everyday {
    private static final Pattern PROMPT = Pattern.compile("=== ([a-z0-9-]+)");
    private static final Pattern TURN = Pattern.compile("@(user|assistant|system)");
    private static final Pattern COMPLETION = Pattern.compile("--- ([a-z0-9-]+) quality (-?[0-9.]+)");

    private final List<Sample> samples = new ArrayList<>();

    private Everyday() {}

    public static Everyday read(List<Path> files) throws IOException {
        Everyday everyday = new Everyday();
        Random order = new Random(66);
        for (Path file : files) {
            String text = "\n" + Files.readString(file);
            for (String block : text.split("\n(?==== )")) {
                if (!block.isBlank()) {
                    everyday.samples.add(sample(block.lines().toList(), order));
                }
            }
        }
        return everyday;
    }

    public void write(Path folder) throws IOException {
        new Project(
                        "Everyday assistant",
                        "Sixty-six everyday prompts with completions of five fictional models, judged by six simulated"
                                + " annotators with habits of their own. Look at its audit pages.",
                        "helpful-honest-harmless",
                        4)
                .write(folder, samples, 20260302);
    }

    private static Sample sample(List<String> lines, Random order) {
        Matcher id = PROMPT.matcher(lines.getFirst());
        if (!id.matches()) {
            throw new IllegalArgumentException("not the beginning of a prompt: " + lines.getFirst());
        }
        List<Turn> turns = new ArrayList<>();
        List<Sample.Candidate> completions = new ArrayList<>();
        int from = 1;
        while (from < lines.size()) {
            int to = from + 1;
            while (to < lines.size() && !isMark(lines.get(to))) {
                to++;
            }
            String text = String.join("\n", lines.subList(from + 1, to)).strip();
            Matcher turn = TURN.matcher(lines.get(from));
            Matcher completion = COMPLETION.matcher(lines.get(from));
            if (turn.matches()) {
                turns.add(new Turn(turn.group(1), text));
            } else if (completion.matches()) {
                completions.add(new Sample.Candidate(
                        id.group(1) + "/" + completion.group(1),
                        completion.group(1),
                        Double.parseDouble(completion.group(2)),
                        text));
            } else {
                throw new IllegalArgumentException("neither a turn nor a completion: " + lines.get(from));
            }
            from = to;
        }
        // written best first as a rule; the order must not tell the quality
        return new Sample(id.group(1), turns, Shuffle.of(completions, order));
    }

    private static boolean isMark(String line) {
        return TURN.matcher(line).matches() || COMPLETION.matcher(line).matches();
    }
}
