package dev.tiebreak.cli;

import dev.tiebreak.rlhf.tokenizer.Tokenizer;
import java.util.List;

/// Tokens in columns of a terminal, each with its id before it. Blanks are shown, special tokens stand in «», and what
/// would steer the terminal is written out.
final class TokenGrid {
    private static final int WIDTH = 80;
    private static final int INDENT = 2;
    private static final int COLUMN = 19;
    private static final int LONGEST = 60;

    private final Tokenizer tokenizer;
    private final boolean coloured;

    TokenGrid(Tokenizer tokenizer, boolean coloured) {
        this.tokenizer = tokenizer;
        this.coloured = coloured;
    }

    /// How tokens of one fate look on a terminal; the words above them say the same.
    enum Paint {
        PLAIN(""),
        LEARNT("\033[32m"),
        PROMPT("\033[2m"),
        CUT("\033[31m"),
        SEAM("\033[33m");

        private final String begin;

        Paint(String begin) {
            this.begin = begin;
        }
    }

    String of(int[] ids, Paint paint) {
        List<String> texts = tokenizer.textOfEach(ids);
        StringBuilder grid = new StringBuilder();
        int column = WIDTH;
        for (int i = 0; i < ids.length; i++) {
            String text = shortened(visible(texts.get(i)));
            String token = tokenizer.isSpecial(ids[i]) ? "«" + text + "»" : text;
            int width = 8 + width(token);
            int cells = Math.ceilDiv(width + 1, COLUMN);
            if (column + width > WIDTH) {
                grid.append(grid.isEmpty() ? "" : "\n").append(" ".repeat(INDENT));
                column = INDENT;
            }
            grid.append("%7d ".formatted(ids[i])).append(painted(token, paint));
            grid.append(" ".repeat(cells * COLUMN - width));
            column += cells * COLUMN;
        }
        return grid.toString().replaceAll(" +(?=\n|$)", "");
    }

    String painted(String text, Paint paint) {
        return coloured && paint != Paint.PLAIN ? paint.begin + text + "\033[0m" : text;
    }

    /// Blanks as signs, and everything that a terminal does not print as its code.
    static String visible(String text) {
        StringBuilder visible = new StringBuilder();
        text.codePoints().forEach(point -> {
            switch (point) {
                case ' ' -> visible.append('·');
                case '\n' -> visible.append('↵');
                case '\t' -> visible.append('⇥');
                default -> visible.append(isPrinted(point) ? Character.toString(point) : "\\u{%X}".formatted(point));
            }
        });
        return visible.toString();
    }

    private static boolean isPrinted(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SPACE_SEPARATOR,
                    Character.NON_SPACING_MARK,
                    Character.ENCLOSING_MARK -> false;
            default -> true;
        };
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, text.offsetByCodePoints(0, LONGEST / 2)) + "…";
    }

    /// Columns of a terminal: ideographs and emoji take two.
    private static int width(String text) {
        return text.codePoints().map(point -> isWide(point) ? 2 : 1).sum();
    }

    private static boolean isWide(int point) {
        return point >= 0x1100
                && (point <= 0x115F
                        || (point >= 0x2E80 && point <= 0xA4CF)
                        || (point >= 0xAC00 && point <= 0xD7A3)
                        || (point >= 0xF900 && point <= 0xFAFF)
                        || (point >= 0xFE30 && point <= 0xFE6F)
                        || (point >= 0xFF00 && point <= 0xFF60)
                        || (point >= 0x1F300 && point <= 0x1FAFF)
                        || (point >= 0x20000 && point <= 0x3FFFD));
    }
}
