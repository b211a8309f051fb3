package dev.tiebreak.rlhf.checkpoint;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.tiebreak.rlhf.WrittenAside;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Writes one safetensors file tensor by tensor, so that a model never lies in memory twice.
///
/// The layout is declared first, then each tensor is written in that order, in one piece or in several; [#commit]
/// checks that all came, forces the bytes to disk and gives the file its name. Closing without committing leaves
/// no file.
/// ```java
/// try (var writer = SafetensorsWriter.create(file, layout)) {
///     for (TensorInfo tensor : layout) writer.write(tensor.name(), bytesOf(tensor));
///     writer.commit();
/// }
/// ```
public final class SafetensorsWriter implements AutoCloseable {
    /// What transformers writes, and insists on when it reads.
    public static final Map<String, String> PYTORCH = Map.of("format", "pt");

    private final Path file;
    private final Path part;
    private final List<TensorInfo> layout;
    private final FileChannel channel;
    private int current;
    private long writtenOfCurrent;

    private SafetensorsWriter(Path file, List<TensorInfo> layout) throws IOException {
        this.file = file;
        this.part = WrittenAside.partOf(file);
        this.layout = layout;
        this.channel = FileChannel.open(part, CREATE, TRUNCATE_EXISTING, WRITE);
    }

    /// Begins a file with `__metadata__ {"format": "pt"}`; the tensors lie in the order of `layout`.
    public static SafetensorsWriter create(Path file, List<TensorInfo> layout) throws IOException {
        return create(file, layout, PYTORCH);
    }

    public static SafetensorsWriter create(Path file, List<TensorInfo> layout, Map<String, String> metadata)
            throws IOException {
        rejectRepeatedNames(layout);
        SafetensorsWriter writer = new SafetensorsWriter(file, List.copyOf(layout));
        try {
            writer.writeFully(header(layout, metadata));
            writer.skipEmptyTensors();
            return writer;
        } catch (IOException | RuntimeException e) {
            writer.close();
            throw e;
        }
    }

    /// The order Hugging Face's own writer uses: wide elements first, then by name, so every tensor is aligned.
    public static List<TensorInfo> inHuggingFaceOrder(Collection<TensorInfo> tensors) {
        return tensors.stream()
                .sorted(Comparator.comparing(TensorInfo::dtype)
                        .reversed()
                        .thenComparing(
                                tensor -> tensor.name().getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned))
                .toList();
    }

    /// Appends bytes of the tensor that is next in the layout; consumes `bytes`.
    public void write(String name, ByteBuffer bytes) throws IOException {
        if (!bytes.hasRemaining()) {
            return; // an empty tensor takes no turn
        }
        if (current == layout.size() || !layout.get(current).name().equals(name)) {
            throw new IllegalStateException(file + ": tensor '" + name + "' is out of turn, expected "
                    + (current == layout.size()
                            ? "the end"
                            : "'" + layout.get(current).name() + "'"));
        }
        long expected = layout.get(current).byteSize();
        writtenOfCurrent += bytes.remaining();
        if (writtenOfCurrent > expected) {
            throw new IllegalStateException(
                    file + ": tensor '" + name + "' takes " + expected + " bytes, got " + writtenOfCurrent);
        }
        writeFully(bytes);
        if (writtenOfCurrent == expected) {
            current++;
            writtenOfCurrent = 0;
            skipEmptyTensors();
        }
    }

    /// Gives the finished file its name, replacing an older one.
    public void commit() throws IOException {
        if (current < layout.size()) {
            throw new IllegalStateException(
                    file + ": tensor '" + layout.get(current).name() + "' was not written");
        }
        channel.force(true);
        channel.close();
        WrittenAside.moveIntoPlace(part, file);
    }

    @Override
    public void close() throws IOException {
        if (channel.isOpen()) { // not committed
            channel.close();
            Files.deleteIfExists(part);
        }
    }

    private void skipEmptyTensors() {
        while (current < layout.size() && layout.get(current).byteSize() == 0) {
            current++;
        }
    }

    private void writeFully(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private static ByteBuffer header(List<TensorInfo> layout, Map<String, String> metadata) {
        JsonObject header = new JsonObject();
        if (!metadata.isEmpty()) {
            JsonObject pairs = new JsonObject();
            metadata.forEach(pairs::addProperty);
            header.add("__metadata__", pairs);
        }
        long offset = 0;
        for (TensorInfo tensor : layout) {
            JsonObject entry = new JsonObject();
            entry.addProperty("dtype", tensor.dtype().name());
            entry.add("shape", array(tensor.shape()));
            entry.add("data_offsets", array(offset, offset + tensor.byteSize()));
            header.add(tensor.name(), entry);
            offset += tensor.byteSize();
        }
        byte[] json = header.toString().getBytes(StandardCharsets.UTF_8);
        int padded = (json.length + 7) / 8 * 8; // so that the data begins at a multiple of 8
        ByteBuffer bytes = ByteBuffer.allocate(8 + padded).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(padded).put(json);
        while (bytes.hasRemaining()) {
            bytes.put((byte) ' ');
        }
        return bytes.flip();
    }

    private static JsonArray array(long... values) {
        JsonArray array = new JsonArray();
        for (long value : values) {
            array.add(value);
        }
        return array;
    }

    private static void rejectRepeatedNames(List<TensorInfo> layout) {
        Set<String> names = new HashSet<>();
        for (TensorInfo tensor : layout) {
            if (!names.add(tensor.name()) || tensor.name().equals("__metadata__")) {
                throw new IllegalArgumentException("tensor name '" + tensor.name() + "' cannot be used twice");
            }
        }
    }
}
