package dev.tiebreak.studio.dataset.ui;

import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import dev.tiebreak.studio.dataset.ImportRun;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/// What was imported, the newest first.
class ImportRuns extends UnorderedList {
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern(
                    "d MMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    ImportRuns(List<ImportRun> runs) {
        addClassName("tb-import-runs");
        runs.forEach(run -> add(item(run)));
    }

    private static ListItem item(ImportRun run) {
        Span files = new Span(run.files());
        files.addClassName("tb-import-files");
        Span found = new Span(found(run));
        Span made = new Span(MINUTE.format(run.startedAt()) + ", by " + run.startedBy());
        made.addClassName("tb-soft");
        return new ListItem(files, found, made);
    }

    private static String found(ImportRun run) {
        boolean nothingNew = run.newPrompts() + run.newCompletions() + run.newComparisons() + run.newVotes() == 0;
        return "%s%s: %s"
                .formatted(
                        Counted.of(run.rowsRead(), "row"),
                        run.rowsRejected() == 0 ? "" : ", %,d left out".formatted(run.rowsRejected()),
                        nothingNew
                                ? "nothing new"
                                : "new are %s, %s, %s, %s"
                                        .formatted(
                                                Counted.of(run.newPrompts(), "prompt"),
                                                Counted.of(run.newCompletions(), "completion"),
                                                Counted.of(run.newComparisons(), "comparison"),
                                                Counted.of(run.newVotes(), "vote")));
    }
}
