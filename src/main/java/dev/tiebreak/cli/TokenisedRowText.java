package dev.tiebreak.cli;

import dev.tiebreak.cli.TokenGrid.Paint;
import dev.tiebreak.rlhf.tokenizer.Tokenizer;
import dev.tiebreak.rlhf.trainer.SeenRow;
import dev.tiebreak.rlhf.trainer.SeenSequence;
import java.util.Arrays;

/// What training sees of a row, for people with a terminal of 80 columns.
final class TokenisedRowText {
    private final Tokenizer tokenizer;
    private final TokenGrid grid;
    private final int maxLength;
    private final StringBuilder text = new StringBuilder();

    private TokenisedRowText(Tokenizer tokenizer, boolean coloured, int maxLength) {
        this.tokenizer = tokenizer;
        this.grid = new TokenGrid(tokenizer, coloured);
        this.maxLength = maxLength;
    }

    static String of(SeenRow row, Tokenizer tokenizer, boolean coloured, int maxLength) {
        TokenisedRowText text = new TokenisedRowText(tokenizer, coloured, maxLength);
        text.add(row);
        return text.text.toString();
    }

    private void add(SeenRow row) {
        line("row " + row.number() + ": " + fate(row));
        SeenSequence first = row.sequences().getFirst();
        boolean promptLearnt = sections(first, "prompt", 0, first.prompt().length);
        for (SeenSequence sequence : row.sequences()) {
            if (sequence != first && promptLearnt) {
                line(" the prompt again: " + count(sequence.prompt().length) + ", not learnt");
            }
            if (sequence.kept() == 0) {
                line(" " + sequence.name() + ", " + count(0));
            }
            sections(sequence, sequence.name(), sequence.prompt().length, sequence.learnt().length);
            cut(sequence);
            Seam.of(sequence, tokenizer).ifPresent(seam -> seam(seam, sequence.name()));
        }
    }

    private String fate(SeenRow row) {
        return switch (row.fate()) {
            case KEPT -> "kept";
            case CUT -> "kept, cut at " + maxLength + " tokens";
            case TOO_LONG -> "dropped, too long for " + maxLength + " tokens";
            case EMPTY -> "dropped, there is nothing to learn in it";
        };
    }

    /// Tokens from `begin` up to `end`, those of one fate together.
    ///
    /// @return whether any of them is learnt
    private boolean sections(SeenSequence sequence, String name, int begin, int end) {
        int[] all = tokens(sequence);
        boolean any = false;
        for (int from = begin, to; from < end; from = to) {
            boolean learnt = sequence.learnt()[from];
            to = from + 1;
            while (to < end && sequence.learnt()[to] == learnt) {
                to++;
            }
            any |= learnt;
            boolean ofPrompt = to <= sequence.prompt().length;
            String use = use(sequence, from, to);
            line(" " + name + ", " + count(to - from) + ", " + use);
            Paint paint = learnt ? Paint.LEARNT : ofPrompt ? Paint.PROMPT : Paint.PLAIN;
            line(grid.of(Arrays.copyOfRange(all, from, to), paint));
        }
        return any;
    }

    private static String use(SeenSequence sequence, int from, int to) {
        if (sequence.learnt()[from]) {
            return "learnt";
        }
        if (sequence.lastScored()) {
            return to == sequence.learnt().length ? "read, scored at the last" : "read";
        }
        if (to <= sequence.prompt().length) {
            return "read";
        }
        return to == 1 ? "not learnt: nothing stands before it" : "not learnt";
    }

    private static int[] tokens(SeenSequence sequence) {
        int[] all = Arrays.copyOf(sequence.prompt(), sequence.learnt().length);
        System.arraycopy(sequence.whole().completion(), 0, all, sequence.prompt().length, sequence.kept());
        return all;
    }

    private void cut(SeenSequence sequence) {
        if (sequence.cut().length > 0) {
            line(" " + sequence.name() + ", " + count(sequence.cut().length) + ", cut off");
            line(grid.of(sequence.cut(), Paint.CUT));
        }
    }

    private void seam(Seam seam, String name) {
        String what = seam.spanning()
                .map(token -> "a token spans the end of the prompt: " + TokenGrid.visible(token))
                .orElse("the prompt is written otherwise when " + name + " follows");
        line(grid.painted(" ! " + what, Paint.SEAM));
        line("   the prompt alone ends with");
        line(grid.of(seam.alone(), Paint.SEAM));
        line("   with " + name + " after it, the text has in their place, learnt as its beginning");
        line(grid.of(seam.followed(), Paint.SEAM));
    }

    private static String count(int tokens) {
        return tokens + (tokens == 1 ? " token" : " tokens");
    }

    private void line(String line) {
        if (!line.isEmpty()) {
            text.append(line).append('\n');
        }
    }
}
