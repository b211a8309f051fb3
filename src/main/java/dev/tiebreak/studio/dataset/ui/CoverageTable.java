package dev.tiebreak.studio.dataset.ui;

import com.vaadin.flow.component.html.NativeTable;
import com.vaadin.flow.component.html.NativeTableBody;
import com.vaadin.flow.component.html.NativeTableCell;
import com.vaadin.flow.component.html.NativeTableHeader;
import com.vaadin.flow.component.html.NativeTableHeaderCell;
import com.vaadin.flow.component.html.NativeTableRow;
import com.vaadin.flow.component.progressbar.ProgressBar;
import dev.tiebreak.studio.dataset.Coverage;

/// How many comparisons have no annotator yet, one, two … and all that are wanted.
class CoverageTable extends NativeTable {
    private static final int MOST_ROWS = 12;

    CoverageTable(Coverage coverage, int overlap) {
        addClassName("tb-coverage");
        NativeTableBody body = new NativeTableBody();
        int last = Math.min(overlap, MOST_ROWS);
        addRow(body, "none", coverage.untouched(), coverage.comparisons());
        for (int annotators = 1; annotators < last; annotators++) {
            long count = coverage.byAnnotators().getOrDefault(annotators, 0L);
            addRow(body, String.valueOf(annotators), count, coverage.comparisons());
        }
        addRow(body, last + " or more", coverage.complete(last), coverage.comparisons());
        NativeTableRow head =
                new NativeTableRow(heading("Annotators so far"), heading("Comparisons"), new NativeTableCell());
        add(new NativeTableHeader(head), body);
    }

    private static NativeTableHeaderCell heading(String text) {
        NativeTableHeaderCell cell = new NativeTableHeaderCell(text);
        cell.getElement().setAttribute("scope", "col");
        return cell;
    }

    private static void addRow(NativeTableBody body, String annotators, long count, long comparisons) {
        if (count > 0) {
            ProgressBar bar = new ProgressBar(0, comparisons, count);
            bar.getElement().setAttribute("aria-hidden", "true"); // the figure beside says it
            body.add(new NativeTableRow(
                    new NativeTableCell(annotators),
                    new NativeTableCell("%,d".formatted(count)),
                    new NativeTableCell(bar)));
        }
    }
}
