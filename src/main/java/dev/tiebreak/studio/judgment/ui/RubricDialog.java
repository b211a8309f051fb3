package dev.tiebreak.studio.judgment.ui;

import com.vaadin.flow.component.HtmlContainer;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.DescriptionList;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.H4;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import dev.tiebreak.studio.judgment.OwnRubrics;
import dev.tiebreak.studio.rubric.Criterion;
import dev.tiebreak.studio.rubric.Rubric;
import dev.tiebreak.studio.rubric.RubricChange;
import dev.tiebreak.studio.rubric.TextDiff.Kind;
import dev.tiebreak.studio.rubric.TextDiff.Piece;
import dev.tiebreak.studio.shell.ui.ModelText;
import java.util.List;
import java.util.Locale;

/// A project's rubric to read; what changed since one last looked stands first, word by word.
class RubricDialog extends Dialog {
    private static final int AROUND = 140;

    RubricDialog(Rubric rubric) {
        setHeaderTitle(rubric.title());
        setWidth("min(56rem, 96vw)");
        setMaxHeight("92vh");
        add(whole(rubric));
        getFooter().add(new Button(getTranslation("my.rubric.close"), _ -> close()));
    }

    /// @param read told once the person says so
    RubricDialog(OwnRubrics.Changed changed, Runnable read) {
        this(changed.current());
        removeAll();
        Section news = new Section(
                new H3(getTranslation("my.rubric.since", changed.known().version())));
        news.addClassName("tb-rubric-changes");
        changed.changes().forEach(change -> news.add(new H4(title(change)), words(change)));
        Details all =
                new Details(getTranslation("my.rubric.whole", changed.current().version()), whole(changed.current()));
        add(news, all);
        Button done = new Button(getTranslation("my.rubric.read"), _ -> {
            read.run();
            close();
        });
        done.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
        getFooter().add(done);
    }

    private String title(RubricChange change) {
        return getTranslation("my.rubric.part." + change.part().name().toLowerCase(Locale.ROOT), change.name());
    }

    private static Paragraph words(RubricChange change) {
        Paragraph text = new Paragraph();
        text.addClassName("tb-changed-words");
        List<Piece> pieces = change.words();
        for (int i = 0; i < pieces.size(); i++) {
            text.add(word(pieces.get(i), i > 0, i < pieces.size() - 1));
        }
        return text;
    }

    private static HtmlContainer word(Piece piece, boolean afterChange, boolean beforeChange) {
        HtmlContainer word = switch (piece.kind()) {
            case SAME -> new Span();
            case REMOVED -> new Removed();
            case ADDED -> new Added();
        };
        word.setText(piece.kind() == Kind.SAME ? nearby(piece.text(), afterChange, beforeChange) : piece.text());
        return word;
    }

    /// Of what stayed, only what stands near a change.
    private static String nearby(String text, boolean afterChange, boolean beforeChange) {
        if (text.length() <= 2 * AROUND) {
            return text;
        }
        String head = afterChange ? text.substring(0, text.lastIndexOf(' ', AROUND) + 1) : "";
        String tail = beforeChange ? text.substring(text.indexOf(' ', text.length() - AROUND) + 1) : "";
        return head + "…" + (tail.isEmpty() ? "" : " " + tail);
    }

    @Tag("ins")
    private static final class Added extends HtmlContainer {}

    @Tag("del")
    private static final class Removed extends HtmlContainer {}

    private static Div whole(Rubric rubric) {
        Div page = new Div(new Paragraph(rubric.summary()), new ModelText(rubric.guidance()));
        page.addClassName("tb-whole-rubric");
        rubric.criteria().forEach(criterion -> page.add(criterion(criterion)));
        return page;
    }

    private static Section criterion(Criterion criterion) {
        DescriptionList anchors = new DescriptionList();
        criterion
                .anchors()
                .forEach(anchor -> anchors.add(
                        new DescriptionList.Term(anchor.value() + " " + anchor.label()),
                        new DescriptionList.Description(anchor.text())));
        return new Section(new H4(criterion.name()), new Paragraph(criterion.question()), anchors);
    }
}
