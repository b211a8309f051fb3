package dev.tiebreak.studio.preference;

import dev.tiebreak.studio.preference.FreezeSettings.MarginRule;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.QuoteMode;

/// One side of the split, as JSONL and as CSV.
final class SplitFiles implements AutoCloseable {
    private static final CSVFormat CSV =
            CSVFormat.RFC4180.builder().setQuoteMode(QuoteMode.MINIMAL).get();

    private final DatasetFile jsonlName;
    private final DatasetFile csvName;
    private final MarginRule margin;
    private final HashedFile jsonl;
    private final HashedFile csv;
    private final CSVPrinter printer;

    SplitFiles(Path folder, DatasetFile jsonlName, DatasetFile csvName, MarginRule margin) throws IOException {
        this.jsonlName = jsonlName;
        this.csvName = csvName;
        this.margin = margin;
        this.jsonl = new HashedFile(folder.resolve(jsonlName.fileName()));
        this.csv = new HashedFile(folder.resolve(csvName.fileName()));
        this.printer = new CSVPrinter(csv.writer(), CSV);
        printer.printRecord(PreferenceRow.header(margin));
    }

    void write(PreferenceRow row) throws IOException {
        jsonl.line(row.json(margin));
        printer.printRecord(row.cells(margin));
        csv.rowWritten();
    }

    @Override
    public void close() throws IOException {
        try (jsonl;
                csv) {
            printer.flush();
        }
    }

    void enter(Map<String, Manifest.FileEntry> files) {
        files.put(jsonlName.fileName(), jsonl.entry());
        files.put(csvName.fileName(), csv.entry());
    }
}
