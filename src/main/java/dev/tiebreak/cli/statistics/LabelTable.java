package dev.tiebreak.cli.statistics;

import dev.tiebreak.cli.CommandException;
import dev.tiebreak.statistics.Labels;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Who gave which label to what, as a file says.
///
/// @param annotators by their number, in a fixed order
/// @param categories by their number: on a scale the lowest first
record LabelTable(Labels labels, List<String> annotators, Scale categories) {

    /// Reads a file with a row for each label.
    ///
    /// @param columns item, annotator, label
    static LabelTable read(TableFile file, List<String> columns, ScaleChoice choice) {
        Collector rows = new Collector(choice);
        file.read(columns, rows::add);
        return rows.table(file.name());
    }

    private static final class Collector {
        private final ScaleChoice choice;
        private final Names items = new Names();
        private final Names annotators = new Names();
        private final Names labels = new Names();
        /// The label of each text met: a number may be written in several ways.
        private final Map<String, Integer> known = new HashMap<>();

        private final NumberColumn itemOf = new NumberColumn();
        private final NumberColumn annotatorOf = new NumberColumn();
        private final NumberColumn labelOf = new NumberColumn();

        Collector(ScaleChoice choice) {
            this.choice = choice;
        }

        void add(TableRow row) {
            itemOf.add(items.number(row.text(0)));
            annotatorOf.add(annotators.number(row.text(1)));
            labelOf.add(known.computeIfAbsent(row.text(2), _ -> labels.number(choice.label(row, 2))));
        }

        LabelTable table(String file) {
            if (itemOf.size() == 0) {
                throw new CommandException(file + " has no row that holds a label");
            }
            Names.Sorted people = annotators.sorted();
            Scale scale = choice.scale(labels.sorted().names());
            int[] place = labels.places(scale.names());
            Labels.Builder all = Labels.builder(scale.names().size());
            int[] itemPlace = items.sorted().place();
            for (int row = 0; row < itemOf.size(); row++) {
                all.add(itemPlace[itemOf.get(row)], people.place()[annotatorOf.get(row)], place[labelOf.get(row)]);
            }
            return new LabelTable(all.build(), people.names(), scale);
        }
    }
}
