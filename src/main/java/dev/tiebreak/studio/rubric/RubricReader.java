package dev.tiebreak.studio.rubric;

import dev.tiebreak.studio.rubric.Criterion.Anchor;
import dev.tiebreak.studio.rubric.Criterion.Scale;
import dev.tiebreak.studio.rubric.RubricSheet.Precedence;
import dev.tiebreak.studio.rubric.RubricSheet.Strengths;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;

/// Reads one rubric file strictly and lists everything that is wrong with it, not only the first thing.
final class RubricReader {

    /// Either the sheet of a sound file, or what to mend.
    sealed interface Reading {
        record Sound(RubricSheet sheet) implements Reading {}

        record Broken(List<RubricProblem> problems) implements Reading {}
    }

    private static final Pattern IDENTIFIER = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

    private final String file;
    private final List<RubricProblem> problems = new ArrayList<>();

    private RubricReader(String file) {
        this.file = file;
    }

    static Reading read(String file, String yaml) {
        RubricReader reader = new RubricReader(file);
        Optional<RubricSheet> sheet = reader.root(yaml).map(reader::sheet);
        return reader.problems.isEmpty()
                ? new Reading.Sound(sheet.orElseThrow())
                : new Reading.Broken(reader.problemsByLine());
    }

    private List<RubricProblem> problemsByLine() {
        return problems.stream()
                .sorted(Comparator.comparingInt(RubricProblem::line))
                .toList();
    }

    private Optional<YamlSection> root(String yaml) {
        try {
            // compose() stops at the syntax tree: no object of the file's choosing is ever constructed
            Node node = new Yaml(new SafeConstructor(new LoaderOptions())).compose(new StringReader(yaml));
            if (node instanceof MappingNode mapping) {
                return Optional.of(new YamlSection(file, mapping, problems));
            }
            problems.add(
                    new RubricProblem(file, 1, "must be a mapping with the key 'key' and the other keys of a rubric"));
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            problems.add(new RubricProblem(file, line, "is not YAML: " + e.getProblem()));
        } catch (YAMLException e) {
            problems.add(new RubricProblem(file, 1, "is not YAML: " + e.getMessage()));
        }
        return Optional.empty();
    }

    private RubricSheet sheet(YamlSection root) {
        String key = identifier(root, "key");
        String title = root.text("title");
        String summary = root.text("summary");
        String instructions = root.text("instructions");
        Strengths strength = root.section("strength").map(this::strengths).orElse(null);
        List<YamlSection> criterionSections = root.sections("criteria");
        List<Criterion> criteria =
                criterionSections.stream().map(this::criterion).toList();
        Set<String> ids = uniqueIds(criterionSections, criteria);
        Precedence precedence = root.section("precedence")
                .map(section -> precedence(section, ids))
                .orElse(null);
        List<RubricExample> examples =
                root.sections("examples").stream().map(this::example).toList();
        List<String> skipReasons = root.texts("skip_reasons");
        List<String> reasonChips = root.texts("reason_chips");
        root.nothingElse();
        return new RubricSheet(
                new RubricKey(key.isBlank() ? "unnamed" : key),
                title,
                summary,
                instructions,
                strength == null ? new Strengths("", "", "", "", "") : strength,
                precedence == null ? new Precedence(List.of(), "") : precedence,
                criteria,
                examples,
                skipReasons,
                reasonChips);
    }

    private Strengths strengths(YamlSection section) {
        Strengths strengths = new Strengths(
                section.text("much"),
                section.text("clearly"),
                section.text("slightly"),
                section.text("tie"),
                section.text("both_bad"));
        section.nothingElse();
        return strengths;
    }

    private Criterion criterion(YamlSection section) {
        String id = identifier(section, "id");
        String name = section.text("name");
        String question = section.text("question");
        Optional<Scale> scale = section.section("scale").flatMap(this::scale);
        List<YamlSection> anchorSections = section.sections("anchors");
        List<Anchor> anchors = anchorSections.stream().map(this::anchor).toList();
        section.nothingElse();
        scale.ifPresent(known -> checkAnchors(section, known, anchorSections, anchors));
        return new Criterion(id, name, question, scale.orElse(new Scale(0, 0)), anchors);
    }

    private Optional<Scale> scale(YamlSection section) {
        Optional<Integer> from = section.number("from");
        Optional<Integer> to = section.number("to");
        section.nothingElse();
        if (from.isEmpty() || to.isEmpty()) {
            return Optional.empty();
        }
        if (from.get() >= to.get()) {
            section.problem("the scale must rise, but goes from %d to %d".formatted(from.get(), to.get()));
            return Optional.empty();
        }
        return Optional.of(new Scale(from.get(), to.get()));
    }

    private Anchor anchor(YamlSection section) {
        Anchor anchor = new Anchor(
                section.number("value").orElse(Integer.MIN_VALUE), section.text("label"), section.text("text"));
        section.nothingElse();
        return anchor;
    }

    private void checkAnchors(YamlSection criterion, Scale scale, List<YamlSection> sections, List<Anchor> anchors) {
        int previous = Integer.MIN_VALUE;
        for (int i = 0; i < anchors.size(); i++) {
            int value = anchors.get(i).value();
            if (value == Integer.MIN_VALUE) {
                continue; // already reported as missing or not a number
            }
            if (!scale.contains(value)) {
                sections.get(i)
                        .problem("value", "anchor %d is outside the scale %d to %d", value, scale.from(), scale.to());
            } else if (value <= previous) {
                sections.get(i).problem("value", "anchor %d does not rise above anchor %d before it", value, previous);
            }
            previous = Math.max(previous, value);
        }
        for (int end : new int[] {scale.from(), scale.to()}) {
            if (anchors.stream().noneMatch(anchor -> anchor.value() == end)) {
                criterion.problem("anchors", "value %d, an end of the scale, has no anchor", end);
            }
        }
    }

    private Set<String> uniqueIds(List<YamlSection> sections, List<Criterion> criteria) {
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < criteria.size(); i++) {
            String id = criteria.get(i).id();
            if (!id.isEmpty() && !ids.add(id)) {
                sections.get(i).problem("id", "criterion '%s' is already there", id);
            }
        }
        return ids;
    }

    private Precedence precedence(YamlSection section, Set<String> ids) {
        List<String> order = section.texts("order");
        String note = section.text("note");
        section.nothingElse();
        for (String id : order) {
            if (!ids.contains(id)) {
                section.problem("order", "'%s' is not the id of a criterion", id);
            }
        }
        for (String id : ids) {
            if (!order.contains(id)) {
                section.problem("order", "criterion '%s' is missing", id);
            }
        }
        return new Precedence(order, note);
    }

    private RubricExample example(YamlSection section) {
        RubricExample example = new RubricExample(
                section.text("prompt"), section.text("better"), section.text("worse"), section.text("why"));
        section.nothingElse();
        return example;
    }

    private String identifier(YamlSection section, String key) {
        String text = section.text(key);
        if (!text.isEmpty() && (text.length() > 100 || !IDENTIFIER.matcher(text).matches())) {
            section.problem(key, "'%s' must be lower-case words joined by hyphens, at most 100 characters", text);
            return "";
        }
        return text;
    }
}
