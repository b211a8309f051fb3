package dev.tiebreak.studio.training;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import dev.tiebreak.rlhf.JsonFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// `metrics.jsonl` of a run, read as it grows. A resumed run replaces the file by a shorter one: then all is read
/// anew.
final class MetricsFile {
    private static final int TAIL_BYTES = 16_384; // some rows, whatever the method logs

    private final Path file;
    private long offset;
    private @Nullable Object identity;

    MetricsFile(Path file) {
        this.file = file;
    }

    /// @param fromStart whether what was read before is void
    record News(List<MetricsRow> rows, boolean fromStart) {}

    /// What was written since the last call, in whole lines.
    News read() {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            boolean fromStart = !Objects.equals(attributes.fileKey(), identity) || attributes.size() < offset;
            identity = attributes.fileKey();
            if (fromStart) {
                offset = 0;
            }
            byte[] lines = wholeLines(offset);
            offset += lines.length;
            return new News(rows(lines).toList(), fromStart);
        } catch (NoSuchFileException _) {
            return new News(List.of(), false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The last value of every metric among the file's last rows.
    static Map<String, Double> latest(Path file) {
        MetricsFile metrics = new MetricsFile(file);
        Map<String, Double> latest = new LinkedHashMap<>();
        try {
            long tail = Math.max(0, Files.size(file) - TAIL_BYTES);
            rows(metrics.wholeLines(tail)).forEach(row -> latest.putAll(row.values()));
        } catch (NoSuchFileException _) {
            // nothing was measured yet
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return latest;
    }

    private byte[] wholeLines(long from) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(Math.max(0, channel.size() - from)));
            while (bytes.hasRemaining() && channel.read(bytes, from + bytes.position()) >= 0) {}
            int end = bytes.position();
            while (end > 0 && bytes.get(end - 1) != '\n') {
                end--; // the last line is still being written
            }
            return Arrays.copyOf(bytes.array(), end);
        }
    }

    private static Stream<MetricsRow> rows(byte[] lines) {
        return new String(lines, StandardCharsets.UTF_8).lines().flatMap(line -> row(line).stream());
    }

    /// Empty for a line that a killed trainer left unfinished, and for the first line of a tail.
    private static Optional<MetricsRow> row(String line) {
        try {
            JsonObject json = JsonFile.parseObject(line);
            return Optional.of(new MetricsRow(json.get("step").getAsInt(), values(json)));
        } catch (JsonParseException _) {
            return Optional.empty();
        }
    }

    private static Map<String, Double> values(JsonObject json) {
        Map<String, Double> values = new LinkedHashMap<>();
        for (Map.Entry<String, JsonElement> entry : json.entrySet()) {
            if (entry.getValue().isJsonPrimitive()
                    && entry.getValue().getAsJsonPrimitive().isNumber()) {
                values.put(entry.getKey(), entry.getValue().getAsDouble());
            }
        }
        return values;
    }
}
