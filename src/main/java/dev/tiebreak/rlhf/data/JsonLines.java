package dev.tiebreak.rlhf.data;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import dev.tiebreak.rlhf.JsonFile;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/// One JSON object a line, one line in memory at a time; gzip is recognised by its first bytes, not by a name.
/// Blank lines are passed over.
final class JsonLines implements AutoCloseable {
    private static final int BUFFER = 1 << 16;

    private final Path file;
    private final RowKind expected;
    private final InputStream bytes;
    private long line;
    private boolean seenRow;
    private boolean atEnd;

    /// @param expected what the rows are to be; named where the file is something else altogether
    JsonLines(Path file, RowKind expected) {
        this.file = file;
        this.expected = expected;
        try {
            this.bytes = open(file);
            refuseForeign();
        } catch (NoSuchFileException _) {
            throw new DataException(file, 0, "no such file");
        } catch (IOException e) {
            if (Files.isDirectory(file)) {
                throw isForeign("a folder");
            }
            throw new DataException(file, 0, "cannot be read (" + e.getMessage() + ")");
        }
    }

    /// The next object, empty at the end of the file.
    Optional<JsonRow> next() {
        while (!atEnd) {
            String text = nextLine();
            if (text.isBlank()) {
                continue;
            }
            try {
                JsonObject object = JsonFile.parseObject(text);
                seenRow = true;
                return Optional.of(new JsonRow(file, line, object));
            } catch (JsonParseException e) {
                throw notARow(text, e);
            }
        }
        return Optional.empty();
    }

    @Override
    public void close() {
        try {
            bytes.close();
        } catch (IOException e) {
            throw new DataException(file, line, "cannot be closed (" + e.getMessage() + ")");
        }
    }

    private void refuseForeign() throws IOException {
        bytes.mark(ForeignFormat.HEAD);
        byte[] head = bytes.readNBytes(ForeignFormat.HEAD);
        bytes.reset();
        Optional<String> foreign = ForeignFormat.ofBytes(head);
        if (foreign.isPresent()) {
            bytes.close();
            throw isForeign(foreign.get());
        }
    }

    private DataException notARow(String text, JsonParseException problem) {
        return (seenRow ? Optional.<String>empty() : ForeignFormat.ofFirstLine(text))
                .map(this::isForeign)
                .orElseGet(() -> new DataException(file, line, String.valueOf(problem.getMessage())));
    }

    private DataException isForeign(String found) {
        return new DataException(
                file, 0, "is " + found + "; expected JSONL, one JSON object a line: " + expected.expected());
    }

    private static InputStream open(Path file) throws IOException {
        InputStream raw = new BufferedInputStream(Files.newInputStream(file), BUFFER);
        try {
            raw.mark(2);
            boolean gzip = raw.read() == 0x1f && raw.read() == 0x8b;
            raw.reset();
            return gzip ? new BufferedInputStream(new GZIPInputStream(raw, BUFFER), BUFFER) : raw;
        } catch (IOException e) {
            raw.close();
            throw e;
        }
    }

    private String nextLine() {
        line++;
        try {
            ByteArrayOutputStream collected = new ByteArrayOutputStream(1024);
            int b;
            while ((b = bytes.read()) != '\n' && b >= 0) {
                collected.write(b);
            }
            atEnd = b < 0;
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(collected.toByteArray()))
                    .toString();
            return line == 1 && text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException _) {
            throw new DataException(file, line, "is not UTF-8");
        } catch (EOFException | ZipException e) {
            throw new DataException(file, line, "the gzip data is cut off or damaged (" + e.getMessage() + ")");
        } catch (IOException e) {
            throw new DataException(file, line, "cannot be read (" + e.getMessage() + ")");
        }
    }
}
