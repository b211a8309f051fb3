package dev.tiebreak.studio.rubric;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// The shortest way from one text to another in whole pieces: a longest common subsequence keeps its pieces.
public final class TextDiff {
    /// A word, spaces, or one sign; scripts that write without spaces go character by character.
    private static final Pattern WORD = Pattern.compile(
            "[\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}]|[\\p{L}\\p{M}\\p{N}&&[^\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}]]+|\\s+|.");

    /// Above it, what lies between equal beginnings and ends is one removal and one addition: the table would not fit.
    private static final long LARGEST_TABLE = 4_000_000;

    public enum Kind {
        SAME,
        REMOVED,
        ADDED
    }

    public record Piece(Kind kind, String text) {}

    private TextDiff() {}

    public static List<Piece> lines(String before, String after) {
        return between(before.lines().toList(), after.lines().toList());
    }

    /// Spaces are pieces of their own; neighbours of one kind are joined.
    public static List<Piece> words(String before, String after) {
        return joined(between(split(before), split(after)));
    }

    private static List<String> split(String text) {
        return WORD.matcher(text).results().map(MatchResult::group).toList();
    }

    private static List<Piece> between(List<String> from, List<String> to) {
        int begin = 0;
        while (begin < Math.min(from.size(), to.size()) && from.get(begin).equals(to.get(begin))) {
            begin++;
        }
        int end = 0;
        while (end < Math.min(from.size(), to.size()) - begin
                && from.get(from.size() - 1 - end).equals(to.get(to.size() - 1 - end))) {
            end++;
        }
        List<Piece> pieces = new ArrayList<>();
        from.subList(0, begin).forEach(text -> pieces.add(new Piece(Kind.SAME, text)));
        pieces.addAll(middle(from.subList(begin, from.size() - end), to.subList(begin, to.size() - end)));
        from.subList(from.size() - end, from.size()).forEach(text -> pieces.add(new Piece(Kind.SAME, text)));
        return pieces;
    }

    private static List<Piece> middle(List<String> from, List<String> to) {
        if ((long) from.size() * to.size() > LARGEST_TABLE) {
            List<Piece> all = new ArrayList<>();
            from.forEach(text -> all.add(new Piece(Kind.REMOVED, text)));
            to.forEach(text -> all.add(new Piece(Kind.ADDED, text)));
            return all;
        }
        int[][] common = commonSuffixLengths(from, to);
        List<Piece> diff = new ArrayList<>();
        int i = 0;
        int j = 0;
        while (i < from.size() || j < to.size()) {
            if (i < from.size() && j < to.size() && from.get(i).equals(to.get(j))) {
                diff.add(new Piece(Kind.SAME, from.get(i++)));
                j++;
            } else if (j == to.size() || (i < from.size() && common[i + 1][j] >= common[i][j + 1])) {
                diff.add(new Piece(Kind.REMOVED, from.get(i++)));
            } else {
                diff.add(new Piece(Kind.ADDED, to.get(j++)));
            }
        }
        return diff;
    }

    /// `[i][j]` is the length of the longest common subsequence of the pieces from `i` and from `j` to the end.
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

    private static List<Piece> joined(List<Piece> pieces) {
        List<Piece> joined = new ArrayList<>();
        for (Piece piece : pieces) {
            if (!joined.isEmpty() && joined.getLast().kind() == piece.kind()) {
                joined.add(new Piece(piece.kind(), joined.removeLast().text() + piece.text()));
            } else {
                joined.add(piece);
            }
        }
        return joined;
    }
}
