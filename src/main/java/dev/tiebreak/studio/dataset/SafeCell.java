package dev.tiebreak.studio.dataset;

import java.util.regex.Pattern;

/// Keeps spreadsheets from running a cell that a model or an annotator wrote.
///
/// A cell that starts with a character that starts a formula gets an apostrophe in front (OWASP, "CSV Injection"), also
/// when apostrophes stand before it: so that taking one away again always gives back what was there.
public final class SafeCell {
    private static final Pattern DANGEROUS = Pattern.compile("'*[=+\\-@\\t\\r\\n＝＋－＠].*", Pattern.DOTALL);

    private SafeCell() {}

    public static String of(String text) {
        return DANGEROUS.matcher(text).matches() ? "'" + text : text;
    }

    public static String original(String cell) {
        return cell.startsWith("'") && DANGEROUS.matcher(cell).matches() ? cell.substring(1) : cell;
    }
}
