package dev.tiebreak.studio.dataset.format;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// Ends the reading of a row that never ends, such as a CSV cell whose quote is not closed, before it fills the memory.
final class RowLimit extends FilterInputStream {
    /// A row longer than this is no row of text but an attack or a mistake.
    static final int LONGEST_ROW = 16 * 1024 * 1024;

    private long sinceRow;

    RowLimit(InputStream in) {
        super(in);
    }

    /// Parsers read ahead by a few kilobytes, so the limit is that much too strict or too mild.
    void nextRow() {
        sinceRow = 0;
    }

    @Override
    public int read() throws IOException {
        int read = super.read();
        count(read < 0 ? 0 : 1);
        return read;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        int read = super.read(bytes, from, length);
        count(Math.max(0, read));
        return read;
    }

    private void count(int bytes) throws IOException {
        sinceRow += bytes;
        if (sinceRow > LONGEST_ROW) {
            throw new IOException("a row is longer than " + LONGEST_ROW / (1024 * 1024) + " MiB");
        }
    }
}
