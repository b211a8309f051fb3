package dev.tiebreak.cli.statistics;

import dev.tiebreak.cli.CommandException;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/// Rows of a CSV (RFC 4180) whose first row names the columns.
final class CsvTable {

    private CsvTable() {}

    static void read(Reader text, TableRow row, Consumer<TableRow> reader) throws IOException {
        try (CSVParser parser =
                CSVFormat.RFC4180.builder().setIgnoreEmptyLines(true).get().parse(text)) {
            Iterator<CSVRecord> records = parser.iterator();
            row.line(1);
            if (!hasNext(records, row)) {
                throw row.problem("there is no heading: the file is empty");
            }
            List<String> heading = records.next().stream().map(String::strip).toList();
            int[] places = row.columns().stream()
                    .mapToInt(column -> place(column, heading, row))
                    .toArray();
            row.line(parser.getCurrentLineNumber() + 1);
            while (hasNext(records, row)) {
                CSVRecord record = records.next();
                long end = parser.getCurrentLineNumber();
                if (end > row.line()) { // empty lines before it, or breaks in its cells
                    row.line(end - breaks(record));
                }
                fill(row, record, heading.size(), places);
                reader.accept(row);
                row.line(end + 1);
            }
        }
    }

    private static int place(String column, List<String> heading, TableRow row) {
        int times = Collections.frequency(heading, column);
        if (times != 1) {
            throw row.problem(
                    times == 0
                            ? "has no column '" + column + "'; its columns are " + String.join(", ", heading)
                            : "has " + times + " columns '" + column + "'");
        }
        return heading.indexOf(column);
    }

    private static void fill(TableRow row, CSVRecord record, int columns, int... places) {
        if (record.size() != columns) {
            throw row.problem("has " + record.size() + (record.size() == 1 ? " cell" : " cells") + ", the heading has "
                    + columns);
        }
        for (int i = 0; i < places.length; i++) {
            row.set(i, record.get(places[i]));
        }
    }

    private static long breaks(CSVRecord record) {
        return record.stream()
                .flatMapToInt(String::chars)
                .filter(c -> c == '\n')
                .count();
    }

    private static boolean hasNext(Iterator<CSVRecord> records, TableRow row) throws IOException {
        try {
            return records.hasNext();
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof CharacterCodingException notText) {
                throw notText;
            }
            throw malformed(row);
        } catch (IllegalStateException e) {
            throw malformed(row);
        }
    }

    private static CommandException malformed(TableRow row) {
        return row.problem("is not CSV: a quoted cell does not end, or text follows its closing quote");
    }
}
