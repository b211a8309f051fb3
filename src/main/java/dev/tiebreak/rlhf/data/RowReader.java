package dev.tiebreak.rlhf.data;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/// Rows of a JSONL file, plain or gzipped, one at a time. Can be walked once.
///
/// @param <R> the kind of row
public abstract sealed class RowReader<R> implements Iterable<R>, AutoCloseable
        permits PreferenceReader, TextReader, PromptReader, ScorableReader {
    private final JsonLines lines;

    RowReader(Path file) {
        this.lines = new JsonLines(file);
    }

    abstract R rowOf(JsonRow row);

    /// @throws DataException from the iterator, at the first row that cannot be used
    @Override
    public Iterator<R> iterator() {
        return new Iterator<>() {
            private @Nullable R next;

            @Override
            public boolean hasNext() {
                if (next == null) {
                    Optional<JsonRow> row = lines.next();
                    next = row.isPresent() ? rowOf(row.get()) : null;
                }
                return next != null;
            }

            @Override
            public R next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                R row = Objects.requireNonNull(next);
                next = null;
                return row;
            }
        };
    }

    public Stream<R> stream() {
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(iterator(), 0), false);
    }

    @Override
    public void close() {
        lines.close();
    }
}
