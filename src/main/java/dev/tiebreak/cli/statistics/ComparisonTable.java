package dev.tiebreak.cli.statistics;

import dev.tiebreak.cli.CommandException;
import dev.tiebreak.statistics.ranking.ComparisonRows;
import dev.tiebreak.statistics.ranking.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Which of two won, as a file says.
///
/// @param items by their number, in a fixed order
record ComparisonTable(ComparisonRows rows, List<String> items) {

    /// Columns of a file.
    ///
    /// @param winner holds `left`, `right` or `tie`
    record Columns(String left, String right, String winner, Optional<String> annotator) {
        List<String> all() {
            List<String> all = new ArrayList<>(List.of(left, right, winner));
            annotator.ifPresent(all::add);
            return all;
        }
    }

    static ComparisonTable read(TableFile file, Columns columns) {
        Collector rows = new Collector(columns.annotator().isPresent());
        file.read(columns.all(), rows::add);
        return rows.table(file.name());
    }

    private static final class Collector {
        private static final Outcome[] OUTCOMES = Outcome.values();

        private final boolean annotated;
        private final Names items = new Names();
        private final Names annotators = new Names();
        private final NumberColumn left = new NumberColumn();
        private final NumberColumn right = new NumberColumn();
        private final NumberColumn outcome = new NumberColumn();
        private final NumberColumn annotator = new NumberColumn();

        Collector(boolean annotated) {
            this.annotated = annotated;
        }

        void add(TableRow row) {
            int first = items.number(row.text(0));
            int second = items.number(row.text(1));
            if (first == second) {
                throw row.problem(1, "is " + row.quoted(1) + ", the same as on the left: nothing is compared");
            }
            left.add(first);
            right.add(second);
            outcome.add(outcome(row).ordinal());
            if (annotated) {
                annotator.add(annotators.number(row.text(3)));
            }
        }

        private static Outcome outcome(TableRow row) {
            return switch (row.text(2).toLowerCase(Locale.ROOT)) {
                case "left" -> Outcome.LEFT;
                case "right" -> Outcome.RIGHT;
                case "tie" -> Outcome.TIE;
                default -> throw row.problem(2, "is " + row.quoted(2) + "; known are left, right, tie");
            };
        }

        ComparisonTable table(String file) {
            if (left.size() == 0) {
                throw new CommandException(file + " has no row that holds a comparison");
            }
            Names.Sorted names = items.sorted();
            int[] person = annotators.sorted().place();
            ComparisonRows.Builder rows = ComparisonRows.builder();
            for (int row = 0; row < left.size(); row++) {
                rows.add(
                        names.place()[left.get(row)],
                        names.place()[right.get(row)],
                        OUTCOMES[outcome.get(row)],
                        annotated ? person[annotator.get(row)] : ComparisonRows.NOBODY);
            }
            return new ComparisonTable(rows.build(), names.names());
        }
    }
}
