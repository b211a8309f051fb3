package dev.tiebreak.rlhf.data;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// Rows of a JSONL file, plain or gzipped, one at a time. Can be walked once.
///
/// @param <R> the kind of row
public abstract sealed class RowReader<R> implements Iterable<R>, AutoCloseable
        permits PreferenceReader, LabelledReader, RankedReader, RatedReader, TextReader, PromptReader, ScorableReader {
    private final JsonLines lines;

    RowReader(Path file, RowKind kind) {
        this.lines = new JsonLines(file, kind);
    }

    /// What one object of the file holds: a row, or two.
    abstract List<R> rowsOf(JsonRow row);

    /// @throws DataException from the iterator, at the first row that cannot be used
    @Override
    public Iterator<R> iterator() {
        return new Iterator<>() {
            private final Deque<R> ahead = new ArrayDeque<>();

            @Override
            public boolean hasNext() {
                if (ahead.isEmpty()) {
                    lines.next().ifPresent(row -> ahead.addAll(rowsOf(row)));
                }
                return !ahead.isEmpty();
            }

            @Override
            public R next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                return ahead.remove();
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
