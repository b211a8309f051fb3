package dev.tiebreak.studio.rubric.ui;

import java.util.ArrayList;
import java.util.List;

/// The shortest way from one text to another in whole lines: a longest common subsequence keeps its lines.
final class LineDiff {

    enum Kind {
        SAME,
        REMOVED,
        ADDED
    }

    record Line(Kind kind, String text) {}

    private LineDiff() {}

    static List<Line> between(String before, String after) {
        List<String> from = before.lines().toList();
        List<String> to = after.lines().toList();
        int[][] common = commonSuffixLengths(from, to);
        List<Line> diff = new ArrayList<>();
        int i = 0;
        int j = 0;
        while (i < from.size() || j < to.size()) {
            if (i < from.size() && j < to.size() && from.get(i).equals(to.get(j))) {
                diff.add(new Line(Kind.SAME, from.get(i++)));
                j++;
            } else if (j == to.size() || (i < from.size() && common[i + 1][j] >= common[i][j + 1])) {
                diff.add(new Line(Kind.REMOVED, from.get(i++)));
            } else {
                diff.add(new Line(Kind.ADDED, to.get(j++)));
            }
        }
        return diff;
    }

    /// `[i][j]` is the length of the longest common subsequence of the lines from `i` and from `j` to the end.
    private static int[][] commonSuffixLengths(List<String> from, List<String> to) {
        int[][] common = new int[from.size() + 1][to.size() + 1];
        for (int i = from.size() - 1; i >= 0; i--) {
            for (int j = to.size() - 1; j >= 0; j--) {
                common[i][j] = from.get(i).equals(to.get(j))
                        ? common[i + 1][j + 1] + 1
                        : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        return common;
    }
}
