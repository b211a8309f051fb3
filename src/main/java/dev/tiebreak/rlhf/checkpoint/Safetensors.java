package dev.tiebreak.rlhf.checkpoint;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.tiebreak.rlhf.JsonFile;
import dev.tiebreak.rlhf.WrongInputException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Tensors of one safetensors file, or of the shards of one model, mapped into memory and read when asked for.
///
/// Opening checks the whole header against the file's length and touches no tensor. What [#data] returns is a
/// read-only view of the file: it lives until [#close], and whoever wants to write must copy.
public final class Safetensors implements AutoCloseable {
    private static final int LENGTH_BYTES = 8;
    private static final long LONGEST_HEADER = 100_000_000; // the reference implementation's limit

    private record Mapped(Path file, TensorInfo info, MemorySegment bytes) {}

    private final Path source;
    private final Arena arena;
    private final Map<String, Mapped> tensors = new LinkedHashMap<>();
    private final Map<String, String> metadata = new LinkedHashMap<>();

    private Safetensors(Path source) {
        this.source = source;
        this.arena = Arena.ofShared();
    }

    /// Opens one file.
    ///
    /// @throws CheckpointException when the file is missing or breaks the format
    public static Safetensors open(Path file) {
        return filled(new Safetensors(file), List.of(file));
    }

    /// Opens a model folder: `model.safetensors`, or the shards that `model.safetensors.index.json` lists.
    ///
    /// @throws CheckpointException when neither is there, or when index and shards disagree
    public static Safetensors openFolder(Path folder) {
        Path single = folder.resolve("model.safetensors");
        Path index = folder.resolve("model.safetensors.index.json");
        if (Files.exists(single)) {
            return open(single);
        }
        if (!Files.exists(index)) {
            throw new CheckpointException(
                    folder + ": neither model.safetensors nor model.safetensors.index.json is there");
        }
        Map<String, String> fileOf = readIndex(index);
        List<Path> shards = new LinkedHashSet<>(fileOf.values())
                .stream().sorted().map(folder::resolve).toList();
        Safetensors opened = filled(new Safetensors(index), shards);
        try {
            opened.checkAgainst(fileOf);
            return opened;
        } catch (RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    /// Names in file order; of a sharded model, shard by shard.
    public Set<String> names() {
        return Collections.unmodifiableSet(tensors.keySet());
    }

    public boolean contains(String name) {
        return tensors.containsKey(name);
    }

    public TensorInfo info(String name) {
        return mapped(name).info();
    }

    /// The `__metadata__` of the header; usually `{"format": "pt"}`.
    public Map<String, String> metadata() {
        return Collections.unmodifiableMap(metadata);
    }

    /// The tensor's bytes, little-endian, read-only, without a copy.
    ///
    /// @throws CheckpointException for a tensor of 2 GiB or more, which only [#segment] can hold
    public ByteBuffer data(String name) {
        Mapped mapped = mapped(name);
        if (mapped.bytes().byteSize() > Integer.MAX_VALUE) {
            throw new CheckpointException(mapped.file() + ": tensor '" + name + "' of "
                    + mapped.bytes().byteSize() + " bytes is too large for one buffer");
        }
        return mapped.bytes().asByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    }

    /// The tensor's bytes whatever their number.
    public MemorySegment segment(String name) {
        return mapped(name).bytes();
    }

    /// The tensor as 32-bit floats, copied to the heap, converted from F32, BF16, F16 or F64.
    public float[] floats(String name) {
        return floats(name, mapped(name).file(), data(name));
    }

    /// A piece of the tensor's [#segment], converted likewise.
    public float[] floats(String name, MemorySegment piece) {
        return floats(name, mapped(name).file(), piece.asByteBuffer());
    }

    private float[] floats(String name, Path file, ByteBuffer bytes) {
        try {
            return FloatFormat.toFloats(info(name).dtype(), bytes);
        } catch (UnsupportedOperationException e) {
            throw new CheckpointException(file + ": tensor '" + name + "' " + e.getMessage(), e);
        }
    }

    /// Unmaps the files; every buffer handed out becomes unusable.
    @Override
    public void close() {
        if (arena.scope().isAlive()) {
            arena.close();
        }
    }

    private Mapped mapped(String name) {
        Mapped mapped = tensors.get(name);
        if (mapped == null) {
            throw new CheckpointException(source + ": tensor '" + name + "' is missing");
        }
        return mapped;
    }

    private static Safetensors filled(Safetensors opened, List<Path> files) {
        try {
            for (Path file : files) {
                opened.map(file);
            }
            return opened;
        } catch (RuntimeException | Error e) {
            opened.close();
            throw e;
        }
    }

    private void map(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new CheckpointException(file + ": no such file");
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long fileBytes = channel.size();
            long headerBytes = readHeaderLength(channel, fileBytes);
            String json = readHeader(channel, Math.toIntExact(headerBytes));
            long dataStart = LENGTH_BYTES + headerBytes;
            SafetensorsHeader header = SafetensorsHeader.parse(json, fileBytes - dataStart);
            MemorySegment data =
                    channel.map(MapMode.READ_ONLY, 0, fileBytes, arena).asSlice(dataStart);
            metadata.putAll(header.metadata());
            for (SafetensorsHeader.Entry entry : header.entries()) {
                MemorySegment bytes = data.asSlice(entry.begin(), entry.end() - entry.begin());
                Mapped before = tensors.put(entry.info().name(), new Mapped(file, entry.info(), bytes));
                if (before != null) {
                    throw new CheckpointException(
                            file + ": tensor '" + entry.info().name() + "' is also in "
                                    + before.file().getFileName());
                }
            }
        } catch (SafetensorsHeader.Malformed e) {
            throw new CheckpointException(file + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new CheckpointException(file + ": cannot be read (" + e.getMessage() + ")", e);
        }
    }

    private static long readHeaderLength(FileChannel channel, long fileBytes)
            throws IOException, SafetensorsHeader.Malformed {
        if (fileBytes < LENGTH_BYTES) {
            throw new SafetensorsHeader.Malformed(
                    "too short to be safetensors: " + fileBytes + " bytes, the header length alone takes 8");
        }
        ByteBuffer length = ByteBuffer.allocate(LENGTH_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        readFully(channel, length, 0);
        long headerBytes = length.getLong(0);
        if (headerBytes < 0 || headerBytes > LONGEST_HEADER || headerBytes > fileBytes - LENGTH_BYTES) {
            throw new SafetensorsHeader.Malformed("header of " + Long.toUnsignedString(headerBytes)
                    + " bytes does not fit the file of " + fileBytes + " bytes");
        }
        return headerBytes;
    }

    private static String readHeader(FileChannel channel, int bytes) throws IOException, SafetensorsHeader.Malformed {
        ByteBuffer header = ByteBuffer.allocate(bytes);
        readFully(channel, header, LENGTH_BYTES);
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(header.flip())
                    .toString()
                    .stripTrailing();
        } catch (CharacterCodingException _) {
            throw new SafetensorsHeader.Malformed("header is not UTF-8");
        }
    }

    private static void readFully(FileChannel channel, ByteBuffer target, long position) throws IOException {
        while (target.hasRemaining()) {
            int read = channel.read(target, position + target.position());
            if (read < 0) {
                throw new IOException("file ended while it was read");
            }
        }
    }

    private static Map<String, String> readIndex(Path index) {
        JsonObject json;
        try {
            json = JsonFile.read(index);
        } catch (WrongInputException e) {
            throw new CheckpointException(String.valueOf(e.getMessage()), e);
        }
        if (!(json.get("weight_map") instanceof JsonObject weightMap) || weightMap.isEmpty()) {
            throw new CheckpointException(index + ": 'weight_map' is missing or empty");
        }
        Map<String, String> fileOf = new LinkedHashMap<>();
        for (Map.Entry<String, JsonElement> entry : weightMap.entrySet()) {
            fileOf.put(entry.getKey(), shardName(index, entry.getKey(), entry.getValue()));
        }
        return fileOf;
    }

    private static String shardName(Path index, String tensor, JsonElement value) {
        boolean isText = value.isJsonPrimitive() && value.getAsJsonPrimitive().isString();
        String file = isText ? value.getAsString() : "";
        if (!file.matches("[A-Za-z0-9._-]+") || file.startsWith(".")) { // a shard lies in the folder, nowhere else
            throw new CheckpointException(index + ": tensor '" + tensor + "' names no file of this folder: " + value);
        }
        return file;
    }

    private void checkAgainst(Map<String, String> fileOf) {
        List<String> missing = new ArrayList<>(fileOf.keySet());
        missing.removeAll(tensors.keySet());
        if (!missing.isEmpty()) {
            String name = missing.getFirst();
            throw new CheckpointException(
                    source + ": tensor '" + name + "' is not in " + fileOf.get(name) + ", where the index puts it");
        }
        tensors.forEach((name, mapped) -> {
            String expected = fileOf.get(name);
            if (!mapped.file().getFileName().toString().equals(expected)) {
                throw new CheckpointException(mapped.file() + ": tensor '" + name + "' stands in the index "
                        + (expected == null ? "nowhere" : "under " + expected));
            }
        });
    }
}
