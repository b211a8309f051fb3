package dev.tiebreak.rlhf.torch;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// Writes a TorchScript archive, as `torch.jit.save` would, around program text made in Java.
///
/// The archive holds one module of class `__torch__.Ops` without weights: a zip of stored entries with the source,
/// a pickle (protocol 2) of the module's attributes, and an empty constant table.
final class TorchScriptArchive {
    private static final String FOLDER = "ops/";

    private TorchScriptArchive() {}

    /// @param source the class `Ops(Module)`, which declares `training : bool` and each list attribute
    /// @param listAttributes names of its `List[Tensor]` attributes; they start empty
    static byte[] of(String source, List<String> listAttributes) {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            store(zip, "data.pkl", modulePickle(listAttributes));
            store(zip, "code/__torch__.py", source.getBytes(UTF_8));
            store(zip, "constants.pkl", new byte[] {(byte) 0x80, 2, ')', '.'});
            store(zip, "version", "10\n".getBytes(UTF_8)); // older numbers get older operators
            store(zip, "byteorder", "little".getBytes(UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static byte[] modulePickle(List<String> listAttributes) throws IOException {
        var pickle = new ByteArrayOutputStream();
        pickle.write(new byte[] {(byte) 0x80, 2}); // protocol 2
        pickle.write("c__torch__\nOps\n".getBytes(UTF_8)); // the class
        pickle.write(new byte[] {')', (byte) 0x81, '}', '('}); // an object without arguments, its state: a dict of
        pickle.write(name("training"));
        pickle.write(0x88); // True
        for (String attribute : listAttributes) {
            pickle.write(name(attribute));
            pickle.write(']'); // an empty list
        }
        pickle.write("ub.".getBytes(UTF_8));
        return pickle.toByteArray();
    }

    private static byte[] name(String text) {
        byte[] utf8 = text.getBytes(UTF_8);
        return ByteBuffer.allocate(5 + utf8.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put((byte) 'X')
                .putInt(utf8.length)
                .put(utf8)
                .array();
    }

    private static void store(ZipOutputStream zip, String name, byte[] content) throws IOException {
        var crc = new CRC32();
        crc.update(content);
        var entry = new ZipEntry(FOLDER + name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setCrc(crc.getValue());
        entry.setTime(0);
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }
}
