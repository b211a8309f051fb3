package dev.tiebreak.cli.statistics;

import dev.tiebreak.cli.CommandException;
import java.util.List;
import java.util.OptionalDouble;

/// The wanted cells of the row that is being read; the next row overwrites it.
final class TableRow {
    private static final int LONGEST_QUOTE = 40;

    private final String file;
    private final List<String> columns;
    private final String[] cells;
    private long line;

    TableRow(String file, List<String> columns) {
        this.file = file;
        this.columns = columns;
        this.cells = new String[columns.size()];
    }

    List<String> columns() {
        return columns;
    }

    /// The line of the file on which the row begins, from 1.
    long line() {
        return line;
    }

    /// Begins a row.
    void line(long line) {
        this.line = line;
    }

    void set(int column, String cell) {
        cells[column] = cell;
    }

    /// The text of this wanted column, without white space around it.
    ///
    /// @throws CommandException when the cell is empty
    String text(int column) {
        String cell = cells[column].strip();
        if (cell.isEmpty()) {
            throw problem(column, "is empty");
        }
        return cell;
    }

    /// A finite number, or empty where the cell holds anything else.
    OptionalDouble number(int column) {
        try {
            double number = Double.parseDouble(cells[column].strip());
            return Double.isFinite(number) ? OptionalDouble.of(number) : OptionalDouble.empty();
        } catch (NumberFormatException e) {
            return OptionalDouble.empty();
        }
    }

    /// What is wrong with this row as a whole.
    CommandException problem(String message) {
        return new CommandException(file + ":" + line + " " + message);
    }

    /// What is wrong with a cell.
    CommandException problem(int column, String message) {
        return problem("'" + columns.get(column) + "' " + message);
    }

    /// A cell as a message may quote it: one line, not too long.
    String quoted(int column) {
        String cell = cells[column].strip().replaceAll("\\p{Cntrl}", " ");
        return "'" + (cell.length() > LONGEST_QUOTE ? cell.substring(0, LONGEST_QUOTE) + "…" : cell) + "'";
    }
}
