package dev.tiebreak.studio.dataset.format;

import dev.tiebreak.studio.dataset.ImportFailedException;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.zip.GZIPInputStream;

/// A file's bytes and lines, gzipped or not, without ever holding more than one line.
public final class SourceLines {
    /// A line longer than this is no row of text but an attack or a mistake.
    static final int LONGEST_LINE = 16 * 1024 * 1024;

    private SourceLines() {}

    /// Opens a file, unpacking gzip (told by its first two bytes) and skipping a byte-order mark.
    ///
    /// @param progress hears how many bytes of the file itself were read
    /// @throws ImportFailedException when it cannot be read
    public static InputStream open(Path file, String name, LongConsumer progress) {
        try {
            InputStream counted = new BufferedInputStream(new Counting(Files.newInputStream(file), progress), 1 << 16);
            counted.mark(2);
            boolean gzip = counted.read() == 0x1f && counted.read() == 0x8b;
            counted.reset();
            InputStream plain =
                    gzip ? new BufferedInputStream(new GZIPInputStream(counted, 1 << 16), 1 << 16) : counted;
            plain.mark(3);
            if (!(plain.read() == 0xEF && plain.read() == 0xBB && plain.read() == 0xBF)) {
                plain.reset();
            }
            return plain;
        } catch (IOException e) {
            throw new ImportFailedException(name + " cannot be read: " + reason(e));
        }
    }

    static String reason(IOException e) {
        return Optional.ofNullable(e.getMessage()).orElseGet(e::toString);
    }

    /// Reads lines of an opened file.
    static final class Reader {
        private final InputStream in;
        private byte[] buffer = new byte[1 << 13];

        Reader(InputStream in) {
            this.in = in;
        }

        /// The next line without its end; empty at the end of the file.
        ///
        /// @throws BadRowException when the line is not UTF-8 or far too long; the next call goes on after it
        Optional<String> next() throws IOException {
            int length = 0;
            boolean tooLong = false;
            int read = in.read();
            if (read < 0) {
                return Optional.empty();
            }
            for (; read >= 0 && read != '\n'; read = in.read()) {
                if (length == LONGEST_LINE) {
                    tooLong = true;
                    continue;
                }
                if (length == buffer.length) {
                    buffer = java.util.Arrays.copyOf(buffer, Math.min(LONGEST_LINE, 2 * length));
                }
                buffer[length++] = (byte) read;
            }
            if (tooLong) {
                throw new BadRowException("", "is longer than " + LONGEST_LINE / (1024 * 1024) + " MiB");
            }
            if (length > 0 && buffer[length - 1] == '\r') {
                length--;
            }
            return Optional.of(decode(length));
        }

        private String decode(int length) {
            try {
                return StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT)
                        .decode(ByteBuffer.wrap(buffer, 0, length))
                        .toString();
            } catch (CharacterCodingException e) {
                throw new BadRowException("", "is not UTF-8 text");
            }
        }
    }

    private static final class Counting extends FilterInputStream {
        private final LongConsumer progress;
        private long count;

        Counting(InputStream in, LongConsumer progress) {
            super(in);
            this.progress = progress;
        }

        @Override
        public int read() throws IOException {
            int read = super.read();
            counted(read < 0 ? 0 : 1);
            return read;
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            int read = super.read(bytes, from, length);
            counted(Math.max(0, read));
            return read;
        }

        private void counted(int bytes) {
            count += bytes;
            progress.accept(count);
        }
    }
}
