package dev.tiebreak.studio.dataset.format;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongSupplier;
import java.util.zip.GZIPInputStream;

/// A gzipped file unpacked, as long as it unpacks to what text may: a small file that fills a disk is an attack.
final class Unpacked extends FilterInputStream {
    private static final long HARMLESS = 64L * 1024 * 1024;
    private static final int MOST = 200;

    private final LongSupplier packedBytes;
    private long bytes;

    Unpacked(InputStream packed, LongSupplier packedBytes) throws IOException {
        super(new BufferedInputStream(new GZIPInputStream(packed, 1 << 16), 1 << 16));
        this.packedBytes = packedBytes;
    }

    @Override
    public int read() throws IOException {
        int read = super.read();
        count(read < 0 ? 0 : 1);
        return read;
    }

    @Override
    public int read(byte[] buffer, int from, int length) throws IOException {
        int read = super.read(buffer, from, length);
        count(Math.max(0, read));
        return read;
    }

    private void count(int more) throws IOException {
        bytes += more;
        if (bytes > HARMLESS && bytes / MOST > packedBytes.getAsLong()) {
            throw new IOException("it unpacks to more than " + MOST + " times its size, which no text does");
        }
    }
}
