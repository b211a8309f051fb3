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

/// A file's bytes and lines, gzipped or not, without ever holding more than one line.
public final class SourceLines {
    private static final int LOOK_AHEAD = 1 << 12;

    private SourceLines() {}

    /// Opens a file, unpacking gzip (told by its first two bytes) and skipping a byte-order mark.
    ///
    /// @param progress hears how many bytes of the file itself were read
    /// @throws ImportFailedException when it cannot be read
    public static InputStream open(Path file, String name, LongConsumer progress) {
        Counting counting = new Counting(opened(file, name), progress);
        try {
            InputStream counted = new BufferedInputStream(counting, 1 << 16);
            counted.mark(2);
            boolean gzip = counted.read() == 0x1f && counted.read() == 0x8b;
            counted.reset();
            InputStream plain = gzip ? new Unpacked(counted, () -> counting.count) : counted;
            plain.mark(3);
            if (!(plain.read() == 0xEF && plain.read() == 0xBB && plain.read() == 0xBF)) {
                plain.reset();
            }
            return plain;
        } catch (IOException e) {
            closeQuietly(counting);
            throw new ImportFailedException(name + " cannot be read: " + reason(e));
        }
    }

    private static InputStream opened(Path file, String name) {
        try {
            return Files.newInputStream(file);
        } catch (IOException e) {
            throw new ImportFailedException(name + " cannot be read: " + reason(e));
        }
    }

    private static void closeQuietly(InputStream in) {
        try {
            in.close();
        } catch (IOException alreadyBroken) {
            // the file could not be read in the first place, and that is reported
        }
    }

    /// Whether an opened file is one JSON array; nothing of it is consumed.
    static boolean beginsArray(InputStream in) throws IOException {
        return begins(in, '[');
    }

    /// Whether the first character that is no white space is this one; nothing of the file is consumed.
    static boolean begins(InputStream in, char wanted) throws IOException {
        in.mark(LOOK_AHEAD);
        int first = in.read();
        for (int i = 1; i < LOOK_AHEAD && first >= 0 && Character.isWhitespace(first); i++) {
            first = in.read();
        }
        in.reset();
        return first == wanted;
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
                if (length == RowLimit.LONGEST_ROW) {
                    tooLong = true;
                    continue;
                }
                if (length == buffer.length) {
                    buffer = java.util.Arrays.copyOf(buffer, Math.min(RowLimit.LONGEST_ROW, 2 * length));
                }
                buffer[length++] = (byte) read;
            }
            if (tooLong) {
                throw new BadRowException("", "is longer than " + RowLimit.LONGEST_ROW / (1024 * 1024) + " MiB");
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
