package dev.tiebreak.statistics.agreement;

import dev.tiebreak.statistics.Estimate;
import dev.tiebreak.statistics.Labels;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/// What a coefficient would be without each annotator: who pulls agreement down, who holds it up.
///
/// @param annotator whose labels are left out
/// @param without the coefficient of all others; undefined where they share no item
/// @param change value with the annotator less the value without: below 0, they lower it; empty where either is
///     undefined
public record AnnotatorInfluence(int annotator, Estimate without, OptionalDouble change) {

    /// One for each annotator with a label. Takes time in the labels, and in patterns × annotators.
    public static List<AnnotatorInfluence> of(Labels labels, AgreementCoefficient coefficient) {
        LeaveOneOut others = LeaveOneOut.of(labels);
        OptionalDouble whole = coefficient.of(others.all()).point();
        return IntStream.range(0, labels.annotators())
                .filter(others::hasLabels)
                .mapToObj(annotator -> of(annotator, whole, coefficient.of(others.without(annotator))))
                .toList();
    }

    private static AnnotatorInfluence of(int annotator, OptionalDouble whole, Estimate without) {
        OptionalDouble change = whole.isPresent() && without.point().isPresent()
                ? OptionalDouble.of(whole.getAsDouble() - without.point().getAsDouble())
                : OptionalDouble.empty();
        return new AnnotatorInfluence(annotator, without, change);
    }
}
