package generator;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.stream.Stream;

/// Writes lines ended by `\n` in UTF-8, whatever the machine's habits are.
public final class Writer {
    private Writer() {}

    public static void lines(Path file, Stream<String> lines) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        try (BufferedWriter writer = Files.newBufferedWriter(file)) {
            for (Iterator<String> each = lines.iterator(); each.hasNext(); ) {
                writer.write(each.next());
                writer.write('\n');
            }
        }
    }

    /// A JSON string.
    static String quoted(String text) {
        StringBuilder json = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            switch (c) {
                case '"' -> json.append("\\\"");
                case '\\' -> json.append("\\\\");
                case '\n' -> json.append("\\n");
                case '\t' -> json.append("\\t");
                default -> json.append(c);
            }
        }
        return json.append('"').toString();
    }
}
