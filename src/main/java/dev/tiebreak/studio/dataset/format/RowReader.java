package dev.tiebreak.studio.dataset.format;

import dev.tiebreak.studio.dataset.ImportFailedException;
import dev.tiebreak.studio.dataset.ImportProblem;
import dev.tiebreak.studio.dataset.ImportRequest.ImportFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Reads a file row by row, handing over each good row and each problem with its place.
public final class RowReader {
    /// Hears what the file holds.
    public interface Listener {
        /// @param raw the row as it stands in the file
        void row(long line, Row row, String raw);

        void problem(ImportProblem problem, String raw);
    }

    static final CSVFormat FORMAT = CSVFormat.RFC4180
            .builder()
            .setHeader()
            .setSkipHeaderRecord(true)
            .setAllowMissingColumnNames(true) // of an index that a program wrote
            .setIgnoreEmptyLines(true)
            .setTrim(false)
            .get();

    private final ImportFile file;
    private final Listener listener;

    public RowReader(ImportFile file, Listener listener) {
        this.file = file;
        this.listener = listener;
    }

    /// @param progress hears how many bytes of the file were read
    /// @throws ImportFailedException when the file cannot be read to its end
    public void read(LongConsumer progress) {
        try (InputStream in = SourceLines.open(file.path(), file.name(), progress)) {
            if (file.format().hasColumns()) {
                readCsv(in);
            } else if (SourceLines.beginsArray(in)) {
                readArray(in);
            } else {
                readLines(in);
            }
        } catch (IOException e) {
            throw new ImportFailedException(file.name() + " cannot be read: " + SourceLines.reason(e));
        }
    }

    private void readLines(InputStream in) throws IOException {
        SourceLines.Reader lines = new SourceLines.Reader(in);
        for (long line = 1; ; line++) {
            String text = "";
            try {
                Optional<String> next = lines.next();
                if (next.isEmpty()) {
                    return;
                }
                text = next.get();
                if (!text.isBlank()) {
                    listener.row(line, JsonRows.row(file.format(), JsonFields.of(text)), text);
                }
            } catch (BadRowException e) {
                listener.problem(new ImportProblem(file.name(), line, e.column(), e.reason()), text);
            }
        }
    }

    private void readArray(InputStream in) {
        try (JsonElements elements = new JsonElements(in, file.name())) {
            for (Optional<JsonNode> next = elements.next(); next.isPresent(); next = elements.next()) {
                JsonNode element = next.get();
                try {
                    listener.row(
                            elements.line(), JsonRows.row(file.format(), JsonFields.of(element)), element.toString());
                } catch (BadRowException e) {
                    listener.problem(
                            new ImportProblem(file.name(), elements.line(), e.column(), e.reason()),
                            element.toString());
                }
            }
        }
    }

    private void readCsv(InputStream in) {
        RowLimit limited = new RowLimit(in);
        Reader text = new InputStreamReader(
                limited,
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT));
        long line = 1;
        try (CSVParser parser =
                CSVParser.builder().setReader(text).setFormat(FORMAT).get()) {
            CsvRows.requireColumns(file, parser.getHeaderNames());
            Iterator<CSVRecord> records = parser.iterator();
            line = parser.getCurrentLineNumber() + 1;
            while (records.hasNext()) {
                CSVRecord record = records.next();
                limited.nextRow();
                String raw = String.join(",", record.values());
                try {
                    listener.row(line, CsvRows.row(file, record), raw);
                } catch (BadRowException e) {
                    listener.problem(new ImportProblem(file.name(), line, e.column(), e.reason()), raw);
                }
                line = parser.getCurrentLineNumber() + 1;
            }
        } catch (UncheckedIOException e) {
            throw broken(line, e.getCause());
        } catch (IOException e) {
            throw broken(line, e);
        } catch (IllegalArgumentException e) {
            throw new ImportFailedException(file.name() + ":1 the heading cannot be used: " + e.getMessage());
        }
    }

    /// A CSV file that breaks cannot be read on: nobody knows where the next record begins.
    private ImportFailedException broken(long line, @Nullable Throwable cause) {
        String reason = cause instanceof CharacterCodingException
                ? "is not UTF-8 text"
                : cause == null ? "breaks off" : String.valueOf(cause.getMessage());
        return new ImportFailedException(file.name() + ":" + line + " or after: " + reason);
    }
}
