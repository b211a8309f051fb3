package dev.tiebreak.studio.preference;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;

/// A file that is hashed and counted while it is written.
final class HashedFile implements AutoCloseable {
    private final MessageDigest digest = Sha256.digest();
    private final Writer writer;
    private long bytes;
    private long rows;

    HashedFile(Path file) throws IOException {
        OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
        this.writer = new OutputStreamWriter(new Counting(out), StandardCharsets.UTF_8);
    }

    Writer writer() {
        return writer;
    }

    void line(String line) throws IOException {
        writer.write(line);
        writer.write('\n');
        rows++;
    }

    void rowWritten() {
        rows++;
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }

    /// Once it is closed.
    Manifest.FileEntry entry() {
        return new Manifest.FileEntry(Sha256.hex(digest.digest()), bytes, rows);
    }

    private final class Counting extends FilterOutputStream {
        Counting(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int b) throws IOException {
            out.write(b);
            digest.update((byte) b);
            bytes++;
        }

        @Override
        public void write(byte[] buffer, int offset, int length) throws IOException {
            out.write(buffer, offset, length);
            digest.update(buffer, offset, length);
            bytes += length;
        }
    }
}
