package dev.tiebreak.studio.rubric;

import dev.tiebreak.studio.rubric.TextDiff.Piece;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A part of a rubric that says something else in another version, word by word.
///
/// @param name of the criterion; empty for other parts
public record RubricChange(Part part, String name, List<Piece> words) {

    /// A line's end inside of a paragraph or an item of a list.
    private static final Pattern WRAPPED = Pattern.compile("(?<!\\n)[ \\t]*\\n(?!\\n)(?!\\s*(-|\\*|\\d+\\.) )[ \\t]*");

    /// What a rubric consists of, for the one who reads it.
    public enum Part {
        TITLE,
        SUMMARY,
        INSTRUCTIONS,
        STRENGTH,
        CRITERION,
        PRECEDENCE,
        EXAMPLES,
        SKIP_REASONS,
        REASON_CHIPS
    }

    public RubricChange {
        words = List.copyOf(words);
    }

    /// What changed for a reader, in the order of the page; empty where only the file's layout or comments did.
    public static List<RubricChange> between(Rubric before, Rubric after) {
        return between(before.sheet(), after.sheet());
    }

    static List<RubricChange> between(RubricSheet before, RubricSheet after) {
        List<RubricChange> changes = new ArrayList<>();
        add(changes, Part.TITLE, "", before.title(), after.title());
        add(changes, Part.SUMMARY, "", before.summary(), after.summary());
        add(changes, Part.INSTRUCTIONS, "", before.instructions(), after.instructions());
        add(changes, Part.STRENGTH, "", strengths(before), strengths(after));
        for (String id : criteria(before, after)) {
            Optional<Criterion> old = criterion(before, id);
            Optional<Criterion> now = criterion(after, id);
            String name = now.or(() -> old).map(Criterion::name).orElseThrow();
            add(changes, Part.CRITERION, name, text(old), text(now));
        }
        add(changes, Part.PRECEDENCE, "", precedence(before), precedence(after));
        add(changes, Part.EXAMPLES, "", examples(before), examples(after));
        add(changes, Part.SKIP_REASONS, "", lines(before.skipReasons()), lines(after.skipReasons()));
        add(changes, Part.REASON_CHIPS, "", lines(before.reasonChips()), lines(after.reasonChips()));
        return changes;
    }

    private static void add(List<RubricChange> changes, Part part, String name, String before, String after) {
        String old = plain(before);
        String now = plain(after);
        if (!old.equals(now)) {
            changes.add(new RubricChange(part, name, TextDiff.words(old, now)));
        }
    }

    /// As it reads: without marks of emphasis, and with the lines of a paragraph joined, however the file wraps them.
    private static String plain(String markdown) {
        return WRAPPED.matcher(markdown.replace("**", "").strip()).replaceAll(" ");
    }

    private static String strengths(RubricSheet sheet) {
        RubricSheet.Strengths strength = sheet.strength();
        return lines(
                List.of(strength.much(), strength.clearly(), strength.slightly(), strength.tie(), strength.bothBad()));
    }

    private static Set<String> criteria(RubricSheet before, RubricSheet after) {
        return Stream.concat(after.criteria().stream(), before.criteria().stream())
                .map(Criterion::id)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static Optional<Criterion> criterion(RubricSheet sheet, String id) {
        return sheet.criteria().stream()
                .filter(criterion -> criterion.id().equals(id))
                .findFirst();
    }

    private static String text(Optional<Criterion> criterion) {
        return criterion
                .map(each -> lines(Stream.concat(
                                Stream.of(each.name(), each.question()),
                                each.anchors().stream()
                                        .map(anchor -> anchor.value() + " " + anchor.label() + ": " + anchor.text()))
                        .toList()))
                .orElse("");
    }

    private static String precedence(RubricSheet sheet) {
        return lines(List.of(
                String.join(" > ", sheet.precedence().order()),
                sheet.precedence().note()));
    }

    private static String examples(RubricSheet sheet) {
        return sheet.examples().stream()
                .map(example -> lines(List.of(example.prompt(), example.better(), example.worse(), example.why())))
                .collect(Collectors.joining("\n\n"));
    }

    private static String lines(List<String> texts) {
        return texts.stream().map(String::strip).collect(Collectors.joining("\n\n"));
    }
}
