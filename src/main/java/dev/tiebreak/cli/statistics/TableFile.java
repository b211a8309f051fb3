package dev.tiebreak.cli.statistics;

import dev.tiebreak.cli.CommandException;
import dev.tiebreak.studio.dataset.ImportFailedException;
import dev.tiebreak.studio.dataset.format.SourceLines;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.DoubleConsumer;
import java.util.function.LongConsumer;

/// A table in a file, read row by row: CSV with a heading, or one JSON object a line; either may be gzipped.
///
/// No more than a row is held. The first thing that is wrong ends the reading, with a [CommandException] that names the
/// line and the column.
final class TableFile {
    private static final int READ_AT_ONCE = 1 << 16;

    private final Path file;
    private final String name;
    private final DoubleConsumer progress;

    /// @param progress hears the share of the file that is read, from 0 to 1
    TableFile(Path file, DoubleConsumer progress) {
        this.file = file;
        this.name = file.toString();
        this.progress = progress;
    }

    String name() {
        return name;
    }

    /// @param columns wanted of each row, in this order
    /// @param reader gets one row at a time, and must not keep it
    void read(List<String> columns, Consumer<TableRow> reader) {
        if (Files.isDirectory(file)) {
            throw new CommandException(name + " is a folder; a CSV or JSONL file is needed");
        }
        if (!Files.exists(file)) {
            throw new CommandException(name + ": no such file");
        }
        TableRow row = new TableRow(name, columns);
        try (InputStream bytes = SourceLines.open(file, name, shares());
                BufferedReader text = decoded(bytes)) {
            switch (firstCharacter(text)) {
                case '{' -> JsonTable.read(text, row, reader);
                case '[' ->
                    throw new CommandException(name + " is one JSON array; write one JSON object a line (JSONL)");
                default -> CsvTable.read(text, row, reader);
            }
        } catch (CharacterCodingException e) {
            throw new CommandException(name + ": after line " + row.line() + " there is text that is not UTF-8");
        } catch (IOException e) {
            throw new CommandException(name + " cannot be read to its end, the last line was " + row.line() + ": "
                    + Optional.ofNullable(e.getMessage()).orElseGet(e::toString));
        } catch (ImportFailedException e) {
            throw new CommandException(Optional.ofNullable(e.getMessage()).orElse(name + " cannot be read"));
        }
    }

    private LongConsumer shares() {
        double size = Math.max(1, file.toFile().length());
        return bytes -> progress.accept(bytes / size);
    }

    private static BufferedReader decoded(InputStream bytes) {
        Reader strict = new InputStreamReader(
                bytes,
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT));
        return new BufferedReader(strict, READ_AT_ONCE);
    }

    /// The first character that is no white space, or a space; nothing is consumed.
    private static char firstCharacter(BufferedReader text) throws IOException {
        text.mark(READ_AT_ONCE / 2);
        int character = text.read();
        for (int i = 1; i < READ_AT_ONCE / 4 && character >= 0 && Character.isWhitespace(character); i++) {
            character = text.read();
        }
        text.reset();
        return character < 0 ? ' ' : (char) character;
    }
}
