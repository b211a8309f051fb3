package dev.tiebreak.statistics.ranking;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// What else than strengths may move a choice. Each effect is in log odds, in favour of the left item.
///
/// @param position whether being shown left (or at home, or first) has an effect
/// @param covariates numbers of the rows' covariates with an effect for each unit of their difference
/// @param positionByAnnotator whether each annotator has a leaning of their own to the left, in place of a common one
public record Effects(boolean position, List<Integer> covariates, boolean positionByAnnotator) {
    public Effects {
        covariates = List.copyOf(covariates);
        if (position && positionByAnnotator) {
            throw new IllegalArgumentException("a common leaning and one for each annotator cannot be told apart");
        }
    }

    public static Effects none() {
        return new Effects(false, List.of(), false);
    }

    public static Effects ofPosition() {
        return new Effects(true, List.of(), false);
    }

    public static Effects ofPositionByAnnotator() {
        return new Effects(false, List.of(), true);
    }

    /// Position and every covariate of the rows.
    public static Effects all(ComparisonRows rows) {
        return new Effects(
                true, IntStream.range(0, rows.covariates().size()).boxed().toList(), false);
    }

    /// Names in the order of the estimates: `position`, the covariates, then `position of annotator 0` and so on.
    public List<String> names(ComparisonRows rows) {
        List<String> names = new ArrayList<>();
        if (position) {
            names.add("position");
        }
        covariates.forEach(covariate -> names.add(rows.covariates().get(covariate)));
        if (positionByAnnotator) {
            IntStream.range(0, rows.annotators()).forEach(one -> names.add("position of annotator " + one));
        }
        return names;
    }

    int parameters(ComparisonRows rows) {
        return common() + (positionByAnnotator ? rows.annotators() : 0);
    }

    int perRow() {
        return common() + (positionByAnnotator ? 1 : 0);
    }

    private int common() {
        return (position ? 1 : 0) + covariates.size();
    }

    void fill(ComparisonRows rows, int row, int at, int[] extra, double[] value) {
        int place = at;
        if (position) {
            extra[place] = 0;
            value[place++] = 1;
        }
        for (int covariate : covariates) {
            extra[place] = place - at;
            value[place++] = rows.value(covariate, row);
        }
        if (positionByAnnotator) {
            int annotator = rows.annotator(row);
            extra[place] = common() + Math.max(annotator, 0);
            value[place] = annotator == ComparisonRows.NOBODY ? 0 : 1;
        }
    }
}
