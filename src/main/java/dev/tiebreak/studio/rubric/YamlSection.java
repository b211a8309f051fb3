package dev.tiebreak.studio.rubric;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/// A YAML mapping read key by key. What is missing or of the wrong kind is added to the list of problems with its line,
/// and an empty value stands in, so that reading goes on and finds the rest.
final class YamlSection {
    private final String file;
    private final int line;
    private final List<RubricProblem> problems;
    private final Map<String, Node> values = new LinkedHashMap<>();
    private final Map<String, Integer> lines = new LinkedHashMap<>();
    private final Set<String> read = new HashSet<>();

    YamlSection(String file, MappingNode mapping, List<RubricProblem> problems) {
        this.file = file;
        this.line = lineOf(mapping);
        this.problems = problems;
        for (NodeTuple entry : mapping.getValue()) {
            String key = entry.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "(not a name)";
            if (values.putIfAbsent(key, entry.getValueNode()) != null) {
                problems.add(new RubricProblem(
                        file, lineOf(entry.getKeyNode()), "key '%s' is already there".formatted(key)));
            }
            lines.putIfAbsent(key, lineOf(entry.getKeyNode()));
        }
    }

    String text(String key) {
        return value(key).map(node -> text(key, node)).orElse("");
    }

    Optional<Integer> number(String key) {
        Optional<Node> value = value(key);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        if (value.get() instanceof ScalarNode scalar && scalar.getTag().equals(Tag.INT)) {
            try {
                return Optional.of(Integer.valueOf(scalar.getValue()));
            } catch (NumberFormatException e) {
                // YAML also writes whole numbers as 0x1F or 1_000: report them below like any other odd value
            }
        }
        problem(key, "'%s' must be a whole number", key);
        return Optional.empty();
    }

    List<String> texts(String key) {
        List<String> texts = new ArrayList<>();
        for (Node item : items(key)) {
            String text = text(key, item);
            if (!text.isEmpty() && texts.contains(text)) {
                problem(lineOf(item), "'%s' is already there".formatted(text));
            }
            texts.add(text);
        }
        return texts;
    }

    Optional<YamlSection> section(String key) {
        Optional<Node> value = value(key);
        if (value.isPresent() && !(value.get() instanceof MappingNode)) {
            problem(key, "'%s' must be a mapping of keys to values", key);
        }
        return value.filter(MappingNode.class::isInstance)
                .map(node -> new YamlSection(file, (MappingNode) node, problems));
    }

    List<YamlSection> sections(String key) {
        List<YamlSection> sections = new ArrayList<>();
        for (Node item : items(key)) {
            if (item instanceof MappingNode mapping) {
                sections.add(new YamlSection(file, mapping, problems));
            } else {
                problem(lineOf(item), "an item of '%s' must be a mapping of keys to values".formatted(key));
            }
        }
        return sections;
    }

    /// To be called once all known keys are read.
    void nothingElse() {
        for (String key : values.keySet()) {
            if (!read.contains(key)) {
                problem(key, "unknown key '%s'", key);
            }
        }
    }

    void problem(String key, String reason, Object... args) {
        problem(lines.getOrDefault(key, line), reason.formatted(args));
    }

    void problem(String reason) {
        problem(line, reason);
    }

    private void problem(int where, String reason) {
        problems.add(new RubricProblem(file, where, reason));
    }

    private Optional<Node> value(String key) {
        read.add(key);
        Optional<Node> value = Optional.ofNullable(values.get(key));
        if (value.isEmpty()) {
            problem("key '%s' is missing".formatted(key));
        }
        return value;
    }

    private List<Node> items(String key) {
        Optional<Node> value = value(key);
        if (value.isEmpty()) {
            return List.of();
        }
        if (value.get() instanceof SequenceNode sequence && !sequence.getValue().isEmpty()) {
            return sequence.getValue();
        }
        problem(key, "'%s' must be a list with at least one item", key);
        return List.of();
    }

    private String text(String key, Node node) {
        if (!(node instanceof ScalarNode scalar)) {
            problem(lineOf(node), "'%s' must be text".formatted(key));
        } else if (!scalar.getTag().equals(Tag.STR)) {
            // YAML reads an unquoted Yes or 12 as a boolean or a number
            problem(lineOf(node), "'%s' must be text; put %s in quotes".formatted(key, scalar.getValue()));
        } else if (scalar.getValue().isBlank()) {
            problem(lineOf(node), "'%s' is empty".formatted(key));
        } else {
            return scalar.getValue().strip();
        }
        return "";
    }

    private static int lineOf(Node node) {
        return node.getStartMark().getLine() + 1;
    }
}
