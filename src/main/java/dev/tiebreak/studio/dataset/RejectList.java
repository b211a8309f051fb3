package dev.tiebreak.studio.dataset;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;

/// The bad rows of an import: all on disk, the first in memory.
final class RejectList implements AutoCloseable {
    private static final int KEPT = 200;

    private final Path file;
    private final List<ImportProblem> first = new ArrayList<>();
    private long count;
    private @Nullable CSVPrinter printer;

    RejectList(Path file) {
        this.file = file;
    }

    void add(ImportProblem problem, String raw) {
        count++;
        if (first.size() < KEPT) {
            first.add(problem);
        }
        try {
            open().printRecord(
                            SafeCell.of(problem.file()),
                            problem.line(),
                            SafeCell.of(problem.column()),
                            SafeCell.of(problem.message()),
                            SafeCell.of(raw));
        } catch (IOException e) {
            throw new ImportFailedException("the list of bad rows cannot be written: " + e);
        }
    }

    long count() {
        return count;
    }

    List<ImportProblem> first() {
        return List.copyOf(first);
    }

    Optional<Path> file() {
        return count == 0 ? Optional.empty() : Optional.of(file);
    }

    private CSVPrinter open() throws IOException {
        if (printer == null) {
            Writer writer = Files.newBufferedWriter(file);
            printer = new CSVPrinter(writer, CSVFormat.RFC4180);
            printer.printRecord("file", "line", "column", "reason", "row");
        }
        return printer;
    }

    @Override
    public void close() {
        try {
            if (printer != null) {
                printer.close(true);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
