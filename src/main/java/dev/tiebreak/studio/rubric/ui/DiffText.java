package dev.tiebreak.studio.rubric.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Pre;
import dev.tiebreak.studio.rubric.TextDiff;
import dev.tiebreak.studio.rubric.TextDiff.Kind;
import java.util.List;

/// Changed lines with three lines around them. A sign says what a colour says, for those who do not see it.
class DiffText extends Div {
    private static final int AROUND = 3;

    DiffText(List<TextDiff.Piece> lines) {
        addClassName("tb-diff");
        boolean gap = false;
        for (int i = 0; i < lines.size(); i++) {
            if (isNearChange(lines, i)) {
                add(line(lines.get(i)));
                gap = false;
            } else if (!gap) {
                add(new Pre("⋯"));
                gap = true;
            }
        }
    }

    private static boolean isNearChange(List<TextDiff.Piece> lines, int at) {
        return lines.subList(Math.max(0, at - AROUND), Math.min(lines.size(), at + AROUND + 1)).stream()
                .anyMatch(line -> line.kind() != Kind.SAME);
    }

    private static Pre line(TextDiff.Piece line) {
        String sign = switch (line.kind()) {
            case SAME -> "  ";
            case REMOVED -> "− ";
            case ADDED -> "+ ";
        };
        Pre pre = new Pre(sign + line.text());
        switch (line.kind()) {
            case REMOVED -> pre.addClassName("tb-diff-removed");
            case ADDED -> pre.addClassName("tb-diff-added");
            case SAME -> {}
        }
        return pre;
    }
}
