package dev.tiebreak.studio.dataset.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H4;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.server.streams.DownloadHandler;
import dev.tiebreak.studio.dataset.ImportProblem;
import dev.tiebreak.studio.dataset.ImportResult;
import dev.tiebreak.studio.dataset.ProjectId;

/// What became of an import.
class ImportOutcome extends Section {
    private static final int MOST_SHOWN = 50;

    /// @param project      where the rows went
    /// @param rejectList   hands out the list of bad rows
    /// @param goodRowsOnly imports again, without the bad rows
    ImportOutcome(ProjectId project, ImportResult result, DownloadHandler rejectList, Runnable goodRowsOnly) {
        addClassNames("tb-panel", result.imported() ? "tb-outcome-good" : "tb-outcome-bad");
        add(new H4(title(result)));
        if (result.imported()) {
            add(counts(result));
        }
        if (result.rowsRejected() > 0) {
            add(problems(result));
        }
        add(actions(project, result, rejectList, goodRowsOnly));
    }

    static Section failed(String reason) {
        Section section = new Section(new H4("Nothing was imported"), new Paragraph(reason + "."));
        section.addClassNames("tb-panel", "tb-outcome-bad");
        return section;
    }

    private static String title(ImportResult result) {
        String bad = "%,d of %s %s bad"
                .formatted(
                        result.rowsRejected(),
                        Counted.of(result.rowsRead(), "row"),
                        result.rowsRejected() == 1 ? "is" : "are");
        if (!result.imported()) {
            return "Nothing was imported: " + bad;
        }
        if (result.nothingNew()) {
            return "Everything had been imported before";
        }
        String good = Counted.are(result.rowsRead() - result.rowsRejected(), "row") + " imported";
        return result.rowsRejected() == 0 ? good : good + "; " + bad;
    }

    private static Paragraph counts(ImportResult result) {
        return new Paragraph(
                result.nothingNew()
                        ? "What the file holds is recognised by its content; nothing was added."
                        : "New: %s, %s, %s, %s."
                                .formatted(
                                        Counted.of(result.newPrompts(), "prompt"),
                                        Counted.of(result.newCompletions(), "completion"),
                                        Counted.of(result.newComparisons(), "comparison"),
                                        Counted.of(result.newVotes(), "vote")));
    }

    private static UnorderedList problems(ImportResult result) {
        UnorderedList list = new UnorderedList();
        list.addClassName("tb-import-problems");
        result.problems().stream().limit(MOST_SHOWN).map(ImportOutcome::item).forEach(list::add);
        if (result.rowsRejected() > MOST_SHOWN) {
            list.add(new ListItem(
                    "… and %,d more, all in the reject list".formatted(result.rowsRejected() - MOST_SHOWN)));
        }
        return list;
    }

    private static ListItem item(ImportProblem problem) {
        Span place = new Span(problem.file() + ":" + problem.line());
        place.addClassName("tb-place");
        ListItem item = new ListItem(place);
        if (!problem.column().isEmpty()) {
            Span column = new Span(problem.column());
            column.addClassName("tb-column");
            item.add(column);
        }
        item.add(new Span(problem.message()));
        return item;
    }

    private static Div actions(
            ProjectId project, ImportResult result, DownloadHandler rejectList, Runnable goodRowsOnly) {
        Div actions = new Div();
        actions.addClassName("tb-actions");
        long good = result.rowsRead() - result.rowsRejected();
        if (result.imported()) {
            actions.add(action(new Anchor(ProjectPages.path(project, ""), "See the project")));
        } else if (good > 0) {
            Button again = new Button("Import the good rows only (%,d)".formatted(good), _ -> goodRowsOnly.run());
            again.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
            actions.add(again);
        }
        if (result.rowsRejected() > 0) {
            Anchor download = new Anchor(rejectList, "Download the reject list");
            download.setDownload(true);
            actions.add(action(download));
        }
        return actions;
    }

    private static Anchor action(Anchor link) {
        link.addClassName("tb-action-quiet");
        return link;
    }
}
