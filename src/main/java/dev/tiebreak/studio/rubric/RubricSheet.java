package dev.tiebreak.studio.rubric;

import static java.util.stream.Collectors.joining;

import java.util.List;

/// What a rubric file says. Only {@link RubricReader} makes one, so it is always complete and consistent.
///
/// @param instructions Markdown for the annotator
/// @param precedence   the identifiers of all criteria, the weightiest first, with a note on how to weigh
/// @param skipReasons  offered when an annotator skips
/// @param reasonChips  short reasons offered beside a judgment
public record RubricSheet(
        RubricKey key,
        String title,
        String summary,
        String instructions,
        Strengths strength,
        Precedence precedence,
        List<Criterion> criteria,
        List<RubricExample> examples,
        List<String> skipReasons,
        List<String> reasonChips) {

    public RubricSheet {
        criteria = List.copyOf(criteria);
        examples = List.copyOf(examples);
        skipReasons = List.copyOf(skipReasons);
        reasonChips = List.copyOf(reasonChips);
    }

    /// What each answer on the comparison scale means.
    public record Strengths(String much, String clearly, String slightly, String tie, String bothBad) {}

    /// Which criterion decides where two of them disagree.
    public record Precedence(List<String> order, String note) {
        public Precedence {
            order = List.copyOf(order);
        }
    }

    String guidance() {
        return """
                %s

                ### How strong

                - **Much better:** %s
                - **Clearly better:** %s
                - **Slightly better:** %s
                - **Tie:** %s
                - **Both bad:** %s

                ### Where criteria disagree

                In this order: %s.

                %s
                """.formatted(
                        instructions.strip(),
                        strength.much(),
                        strength.clearly(),
                        strength.slightly(),
                        strength.tie(),
                        strength.bothBad(),
                        criteriaByPrecedence(),
                        precedence.note().strip());
    }

    private String criteriaByPrecedence() {
        return precedence.order().stream()
                .map(id -> criteria.stream()
                        .filter(criterion -> criterion.id().equals(id))
                        .findFirst()
                        .orElseThrow()
                        .name())
                .collect(joining(" > "));
    }
}
