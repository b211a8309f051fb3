package dev.tiebreak.rlhf.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsTest {
    /// Made by Hugging Face's own writer: `src/test/scripts/safetensors_fixture.py`.
    private static final Path HUGGING_FACE = Path.of("src/test/resources/rlhf/checkpoint/hf.safetensors");

    @TempDir
    Path folder;

    @Test
    void a_file_of_hugging_faces_writer_reads_to_the_values_it_was_given() {
        try (Safetensors tensors = Safetensors.open(HUGGING_FACE)) {
            assertThat(tensors.metadata()).containsExactly(Map.entry("format", "pt"));
            assertThat(tensors.info("b.weight")).isEqualTo(TensorInfo.of("b.weight", Dtype.F32, 2, 3));
            assertThat(tensors.floats("b.weight")).containsExactly(1f, -2.5f, 3.0e-8f, 0.1f, 6.5e4f, -0f);
            assertThat(tensors.floats("a.half")).containsExactly(1f, -2.5f, 0x1p-24f, 65504f);
            assertThat(tensors.floats("a.brain")).containsExactly(1f, -2.5f, 0x1.fep127f);
            assertThat(tensors.floats("e.scalar")).containsExactly(0.1f);
            assertThat(tensors.floats("f.empty")).isEmpty();
            assertThat(tensors.floats("größe")).containsExactly(7f);
            assertThat(tensors.data("c.ids").getLong(8)).isEqualTo(-2);
            assertThatThrownBy(() -> tensors.floats("c.ids"))
                    .isInstanceOf(CheckpointException.class)
                    .hasMessage(HUGGING_FACE + ": tensor 'c.ids' is I64, not F32, BF16, F16 or F64");
            assertThatThrownBy(() -> tensors.floats("lm_head.weight"))
                    .isInstanceOf(CheckpointException.class)
                    .hasMessage(HUGGING_FACE + ": tensor 'lm_head.weight' is missing");
        }
    }

    @Test
    void what_is_read_and_written_again_is_the_same_file_byte_for_byte() throws IOException {
        Path copy = folder.resolve("copy.safetensors");
        try (Safetensors tensors = Safetensors.open(HUGGING_FACE)) {
            List<TensorInfo> layout =
                    tensors.names().stream().map(tensors::info).toList();
            assertThat(SafetensorsWriter.inHuggingFaceOrder(shuffled(layout))).isEqualTo(layout);
            try (SafetensorsWriter writer = SafetensorsWriter.create(copy, layout)) {
                for (TensorInfo tensor : layout) {
                    writer.write(tensor.name(), tensors.data(tensor.name()));
                }
                writer.commit();
            }
        }
        assertThat(copy).hasSameBinaryContentAs(HUGGING_FACE);
    }

    @Test
    void the_bytes_are_length_header_padding_and_data() throws IOException {
        Path file = folder.resolve("one.safetensors");
        write(file, TensorInfo.of("w", Dtype.F32, 2), new float[] {1, -2});
        // by hand from the description of the format; 1.0f and -2.0f are 3f800000 and c0000000
        String header = "{\"__metadata__\":{\"format\":\"pt\"},\"w\":{\"dtype\":\"F32\",\"shape\":[2],"
                + "\"data_offsets\":[0,8]}}";
        int padded = (header.length() + 7) / 8 * 8;
        assertThat(Files.readAllBytes(file))
                .isEqualTo(concat(
                        littleEndian(padded),
                        (header + " ".repeat(padded - header.length())).getBytes(StandardCharsets.UTF_8),
                        HexFormat.of().parseHex("0000803f000000c0")));
    }

    @Test
    void a_truncated_file_or_one_with_flipped_bits_is_refused_or_read_and_nothing_else() throws IOException {
        byte[] sound = Files.readAllBytes(HUGGING_FACE);
        SplittableRandom random = new SplittableRandom(11);
        Path file = folder.resolve("fuzz.safetensors");
        int refused = 0;
        for (int round = 0; round < 4000; round++) {
            byte[] bytes = round % 2 == 0 ? Arrays.copyOf(sound, random.nextInt(sound.length)) : sound.clone();
            for (int flips = round % 2 == 0 ? 0 : 1 + random.nextInt(3); flips > 0; flips--) {
                int place = random.nextInt(bytes.length * 3 / 4); // mostly the header
                bytes[place] ^= (byte) (1 << random.nextInt(8));
            }
            Files.write(file, bytes);
            try (Safetensors tensors = Safetensors.open(file)) {
                tensors.names().forEach(tensors::data);
            } catch (CheckpointException e) {
                refused++;
                assertThat(e.getMessage()).startsWith(file + ": ").doesNotContain("\n");
            }
        }
        assertThat(refused).isBetween(2500, 4000);
    }

    @Test
    void a_header_with_other_letters_and_digits_is_refused_or_read_and_nothing_else() throws IOException {
        byte[] sound = Files.readAllBytes(HUGGING_FACE);
        int headerBytes =
                (int) ByteBuffer.wrap(sound).order(ByteOrder.LITTLE_ENDIAN).getLong();
        String header = new String(sound, 8, headerBytes, StandardCharsets.UTF_8);
        byte[] data = Arrays.copyOfRange(sound, 8 + headerBytes, sound.length);
        String letters = "0123456789{}[]\",:-.eE \\nulltrue";
        SplittableRandom random = new SplittableRandom(12);
        Path file = folder.resolve("fuzz.safetensors");
        int refused = 0;
        for (int round = 0; round < 3000; round++) {
            StringBuilder changed = new StringBuilder(header);
            for (int edits = 1 + random.nextInt(4); edits > 0; edits--) {
                int place = random.nextInt(changed.length());
                String piece = letters.substring(random.nextInt(letters.length()));
                int length = random.nextInt(5);
                switch (random.nextInt(3)) {
                    case 0 -> changed.insert(place, piece);
                    case 1 -> changed.delete(place, Math.min(place + length, changed.length()));
                    default -> changed.setCharAt(place, piece.charAt(0));
                }
            }
            byte[] json = changed.toString().getBytes(StandardCharsets.UTF_8);
            Files.write(
                    file, concat(littleEndian(json.length), json, data)); // the length is right, the rest may not be
            try (Safetensors tensors = Safetensors.open(file)) {
                tensors.names().forEach(tensors::data);
            } catch (CheckpointException e) {
                refused++;
                assertThat(e.getMessage()).startsWith(file + ": ").doesNotContain("\n");
            }
        }
        assertThat(refused).isBetween(2000, 3000);
    }

    @Test
    void brackets_without_end_are_refused() throws IOException {
        assertThatThrownBy(() -> {
                    byte[] json = ("{\"w\":" + "[".repeat(1_000_000)).getBytes(StandardCharsets.UTF_8);
                    Files.write(folder.resolve("deep.safetensors"), concat(littleEndian(json.length), json));
                    Safetensors.open(folder.resolve("deep.safetensors"));
                })
                .isInstanceOf(CheckpointException.class);
    }

    @Test
    void every_truncation_is_refused() throws IOException {
        byte[] sound = Files.readAllBytes(HUGGING_FACE);
        Path file = folder.resolve("cut.safetensors");
        for (int length = 0; length < sound.length; length++) {
            Files.write(file, Arrays.copyOf(sound, length));
            assertThatThrownBy(() -> Safetensors.open(file)).isInstanceOf(CheckpointException.class);
        }
    }

    @Test
    void a_header_that_breaks_the_format_is_named_with_its_tensor() throws IOException {
        assertRefused(
                header("\"w\":" + entry("F32", "[2]", 0, 8)),
                4,
                "tensor 'w' ends at byte 8 of the data, but the file holds only 4");
        assertRefused(
                header("\"w\":" + entry("F32", "[3]", 0, 8)),
                8,
                "tensor 'w' is F32[3] = 12 bytes, but data_offsets give 8");
        assertRefused(header("\"w\":" + entry("F31", "[2]", 0, 8)), 8, "tensor 'w' has the unknown dtype 'F31'");
        assertRefused(
                header("\"w\":" + entry("F32", "[-2]", 0, 8)),
                8,
                "tensor 'w' has a shape that is not a list of whole numbers");
        assertRefused(
                header("\"w\":" + entry("F32", "[999999999999,999999999999]", 0, 8)),
                8,
                "tensor 'w' has an impossible shape [999999999999, 999999999999]");
        assertRefused(
                header("\"v\":" + entry("U8", "[4]", 0, 4) + ",\"w\":" + entry("U8", "[4]", 3, 7)),
                7,
                "tensor 'w' begins at byte 3 of the data, expected 4 (overlap)");
        assertRefused(
                header("\"v\":" + entry("U8", "[4]", 0, 4) + ",\"w\":" + entry("U8", "[4]", 5, 9)),
                9,
                "tensor 'w' begins at byte 5 of the data, expected 4 (gap)");
        assertRefused(header("\"w\":" + entry("U8", "[4]", 0, 4)), 6, "2 bytes after the last tensor belong to none");
        assertRefused(
                header("\"w\":" + entry("U8", "[0]", 0, 0) + ",\"w\":" + entry("U8", "[0]", 0, 0)),
                0,
                "tensor 'w' is listed twice");
        assertRefused(header("\"w\":{\"dtype\":\"U8\",\"shape\":[1]}"), 1, "tensor 'w' lacks data_offsets");
    }

    @Test
    void a_header_longer_than_the_file_is_refused_without_making_room_for_it() throws IOException {
        Path file = folder.resolve("long.safetensors");
        Files.write(file, concat(littleEndian(99_000_000), "{}".getBytes(StandardCharsets.UTF_8)));
        assertThatThrownBy(() -> Safetensors.open(file))
                .hasMessage(file + ": header of 99000000 bytes does not fit the file of 10 bytes");
        Files.write(file, concat(littleEndian(-1), "{}".getBytes(StandardCharsets.UTF_8)));
        assertThatThrownBy(() -> Safetensors.open(file))
                .hasMessage(file + ": header of 18446744073709551615 bytes does not fit the file of 10 bytes");
    }

    @Test
    void a_tensor_beyond_two_gibibytes_is_reached_through_slices() throws IOException {
        long elements = (1L << 30) + 8; // 2 GiB and 16 bytes of bf16; the file is sparse and takes no room
        Path file = folder.resolve("large.safetensors");
        byte[] header = header("\"big\":" + entry("BF16", "[" + elements + "]", 0, 2 * elements) + ",\"last\":"
                        + entry("F32", "[1]", 2 * elements, 2 * elements + 4))
                .getBytes(StandardCharsets.UTF_8);
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.write(concat(littleEndian(header.length), header));
            sparse.seek(sparse.getFilePointer() + 2 * elements);
            sparse.write(HexFormat.of().parseHex("0000803f"));
        }
        try (Safetensors tensors = Safetensors.open(file)) {
            assertThat(tensors.segment("big").byteSize()).isEqualTo(2 * elements);
            assertThat(tensors.floats("last")).containsExactly(1f);
            assertThatThrownBy(() -> tensors.data("big"))
                    .hasMessage(file + ": tensor 'big' of 2147483664 bytes is too large for one buffer");
        }
    }

    @Test
    void nothing_is_left_when_writing_is_abandoned() throws IOException {
        Path file = folder.resolve("model.safetensors");
        try (SafetensorsWriter writer = SafetensorsWriter.create(file, List.of(TensorInfo.of("w", Dtype.U8, 4)))) {
            writer.write("w", ByteBuffer.allocate(2));
            assertThatThrownBy(writer::commit).hasMessage(file + ": tensor 'w' was not written");
            assertThatThrownBy(() -> writer.write("w", ByteBuffer.allocate(3)))
                    .hasMessage(file + ": tensor 'w' takes 4 bytes, got 5");
        }
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void shards_read_as_one_model() throws IOException {
        shard("model-00001-of-00002.safetensors", "a");
        shard("model-00002-of-00002.safetensors", "b");
        index("{\"a\":\"model-00001-of-00002.safetensors\",\"b\":\"model-00002-of-00002.safetensors\"}");
        try (Safetensors tensors = Safetensors.openFolder(folder)) {
            assertThat(tensors.names()).containsExactly("a", "b");
            assertThat(tensors.floats("b")).containsExactly(1f, 2f);
        }
    }

    @Test
    void an_index_that_disagrees_with_its_shards_is_refused() throws IOException {
        Path index = folder.resolve("model.safetensors.index.json");
        shard("one.safetensors", "a");
        index("{\"a\":\"one.safetensors\",\"b\":\"one.safetensors\"}");
        assertThatThrownBy(() -> Safetensors.openFolder(folder))
                .isInstanceOf(CheckpointException.class)
                .hasMessage(index + ": tensor 'b' is not in one.safetensors, where the index puts it");
        index("{\"a\":\"two.safetensors\"}");
        assertThatThrownBy(() -> Safetensors.openFolder(folder))
                .hasMessage(folder.resolve("two.safetensors") + ": no such file");
        index("{\"a\":\"../../etc/passwd\"}");
        assertThatThrownBy(() -> Safetensors.openFolder(folder))
                .hasMessage(index + ": tensor 'a' names no file of this folder: \"../../etc/passwd\"");
        shard("two.safetensors", "a");
        index("{\"a\":\"one.safetensors\",\"z\":\"two.safetensors\"}");
        assertThatThrownBy(() -> Safetensors.openFolder(folder))
                .hasMessage(folder.resolve("two.safetensors") + ": tensor 'a' is also in one.safetensors");
    }

    private void shard(String name, String tensor) throws IOException {
        write(folder.resolve(name), TensorInfo.of(tensor, Dtype.F32, 2), new float[] {1, 2});
    }

    private void index(String weightMap) throws IOException {
        Files.writeString(folder.resolve("model.safetensors.index.json"), "{\"weight_map\":" + weightMap + "}");
    }

    private static void write(Path file, TensorInfo tensor, float[] values) throws IOException {
        try (SafetensorsWriter writer = SafetensorsWriter.create(file, List.of(tensor))) {
            writer.write(tensor.name(), FloatFormat.fromFloats(tensor.dtype(), values));
            writer.commit();
        }
    }

    private void assertRefused(String header, int dataBytes, String reason) throws IOException {
        Path file = folder.resolve("bad.safetensors");
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        Files.write(file, concat(littleEndian(json.length), json, new byte[dataBytes]));
        assertThatThrownBy(() -> Safetensors.open(file))
                .isInstanceOf(CheckpointException.class)
                .hasMessage(file + ": " + reason);
    }

    private static String header(String entries) {
        return "{" + entries + "}";
    }

    private static String entry(String dtype, String shape, long begin, long end) {
        return "{\"dtype\":\"" + dtype + "\",\"shape\":" + shape + ",\"data_offsets\":[" + begin + "," + end + "]}";
    }

    private static byte[] littleEndian(long value) {
        return ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(value)
                .array();
    }

    private static byte[] concat(byte[]... parts) {
        ByteBuffer all = ByteBuffer.allocate(
                Stream.of(parts).mapToInt(part -> part.length).sum());
        Stream.of(parts).forEach(all::put);
        return all.array();
    }

    private static List<TensorInfo> shuffled(List<TensorInfo> layout) {
        List<TensorInfo> copy = new ArrayList<>(layout);
        Collections.reverse(copy);
        return copy;
    }
}
