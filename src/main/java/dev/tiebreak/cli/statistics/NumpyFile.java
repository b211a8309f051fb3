package dev.tiebreak.cli.statistics;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// Writes whole numbers as NumPy reads them (NEP 1, version 1.0): 32 bits, little-endian, for pandas takes no other.
final class NumpyFile {
    private static final int HEADER = 128;

    private NumpyFile() {}

    static void write(Path file, int[][] rows) throws IOException {
        try (OutputStream bytes = Files.newOutputStream(file);
                DataOutputStream out = new DataOutputStream(new BufferedOutputStream(bytes, 1 << 16))) {
            String shape = "{'descr': '<i4', 'fortran_order': False, 'shape': (%d, %d), }"
                    .formatted(rows.length, rows.length == 0 ? 0 : rows[0].length);
            out.write(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, HEADER - 10, 0});
            out.write((shape + " ".repeat(HEADER - 11 - shape.length()) + "\n").getBytes(StandardCharsets.US_ASCII));
            for (int[] row : rows) {
                for (int number : row) {
                    out.writeInt(Integer.reverseBytes(number));
                }
            }
        }
    }
}
