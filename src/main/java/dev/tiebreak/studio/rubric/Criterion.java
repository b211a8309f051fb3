package dev.tiebreak.studio.rubric;

import java.util.List;

/// One thing an annotator looks at, with the question to ask and what the values of its scale look like.
///
/// @param id      short and lasting, unique within the rubric
/// @param anchors in ascending order; the lowest and the highest value always have one
public record Criterion(String id, String name, String question, Scale scale, List<Anchor> anchors) {
    public Criterion {
        anchors = List.copyOf(anchors);
    }

    /// Whole numbers from the worst to the best, both included.
    public record Scale(int from, int to) {
        boolean contains(int value) {
            return from <= value && value <= to;
        }
    }

    /// What one value of the scale looks like.
    public record Anchor(int value, String label, String text) {}
}
