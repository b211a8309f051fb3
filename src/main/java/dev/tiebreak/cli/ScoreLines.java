package dev.tiebreak.cli;

import com.google.gson.JsonObject;
import dev.tiebreak.rlhf.WrittenAside;
import dev.tiebreak.rlhf.data.TokenisedRow.Fate;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Where scores go: to the screen as a table or as JSON, or as JSON into a file, which appears once all rows are
/// scored.
final class ScoreLines implements AutoCloseable {
    private final PrintWriter screen;
    private final boolean json;
    private final Optional<Path> file;
    private final @Nullable Writer part;
    private String header = "";

    ScoreLines(PrintWriter screen, boolean json, Optional<Path> file) {
        this.screen = screen;
        this.json = json;
        this.file = file;
        this.part = file.map(ScoreLines::open).orElse(null);
    }

    private static Writer open(Path file) {
        if (Files.isDirectory(file)) {
            throw new CommandException("cannot write " + file + ": it is a folder");
        }
        try {
            return Files.newBufferedWriter(WrittenAside.partOf(file));
        } catch (IOException e) {
            throw new CommandException("cannot write " + file + ": " + e);
        }
    }

    /// @param columns heads of the table's columns; shown where they differ from those of the rows before
    /// @param text    the row in the table
    void row(JsonObject row, String columns, String text) throws IOException {
        if (part != null) {
            part.write(row + "\n");
        } else if (json) {
            screen.println(row);
        } else {
            if (!columns.isEmpty() && !columns.equals(header)) {
                header = columns;
                screen.println(columns);
            }
            screen.println(text);
        }
    }

    /// A row without scores.
    void dropped(long number, Fate fate, String why) throws IOException {
        JsonObject row = new JsonObject();
        row.addProperty("row", number);
        row.addProperty("fate", fate.name().toLowerCase(Locale.ROOT));
        row(row, "", "%7d  not scored: %s".formatted(number, why));
    }

    /// @param text may have several lines
    void whole(JsonObject whole, String text) throws IOException {
        if (part != null) {
            part.close();
            WrittenAside.moveIntoPlace(WrittenAside.partOf(file.orElseThrow()), file.orElseThrow());
        }
        screen.println(json ? whole.toString() : text);
        screen.flush();
    }

    /// What was written of a file that did not become whole is deleted.
    @Override
    public void close() throws IOException {
        screen.flush();
        if (part != null) {
            part.close();
            Files.deleteIfExists(WrittenAside.partOf(file.orElseThrow()));
        }
    }
}
