package dev.tiebreak.rlhf.data;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// What a file is that is not JSONL, as far as its first bytes or its first line tell.
final class ForeignFormat {
    /// As many bytes as [#ofBytes] wants to see.
    static final int HEAD = 16;

    private static final Map<String, String> BEGINNINGS = Map.ofEntries(
            Map.entry("PK\u0003\u0004", "a zip archive"),
            Map.entry("PK\u0005\u0006", "an empty zip archive"),
            Map.entry("PAR1", "a Parquet file"),
            Map.entry("ARROW1", "an Arrow file"),
            Map.entry("\u00ff\u00ff\u00ff\u00ff", "an Arrow stream"),
            Map.entry("Obj\u0001", "an Avro file"),
            Map.entry("\u00fd7zXZ\u0000", "compressed with xz"),
            Map.entry("(\u00b5/\u00fd", "compressed with zstd"),
            Map.entry("BZh", "compressed with bzip2"),
            Map.entry("7z\u00bc\u00af", "a 7-Zip archive"),
            Map.entry("SQLite format 3", "an SQLite database"),
            Map.entry("\u0089HDF", "an HDF5 file"),
            Map.entry("GGUF", "a GGUF model"),
            Map.entry("%PDF", "a PDF"),
            Map.entry("\u00ff\u00fe", "text in UTF-16"),
            Map.entry("\u00fe\u00ff", "text in UTF-16"));
    private static final Pattern PICKLE = Pattern.compile("\u0080[\u0002-\u0005].*", Pattern.DOTALL);
    private static final Pattern SAFETENSORS = Pattern.compile(".{3,4}\u0000{4,5}\\{\".*", Pattern.DOTALL);
    private static final Pattern OTHER_JSON = Pattern.compile("[\"\\d-].*|true|false|null");

    private ForeignFormat() {}

    static Optional<String> ofBytes(byte[] head) {
        String begin = new String(head, ISO_8859_1);
        if (SAFETENSORS.matcher(begin).matches()) {
            return Optional.of("a safetensors file");
        }
        if (PICKLE.matcher(begin).matches()) {
            return Optional.of("a Python pickle");
        }
        return BEGINNINGS.entrySet().stream()
                .filter(known -> begin.startsWith(known.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /// @param line the first that is not blank, and not a JSON object
    static Optional<String> ofFirstLine(String line) {
        String text = line.strip();
        if (text.startsWith("[")) {
            return Optional.of("a JSON array");
        }
        if (text.equals("{") || (text.startsWith("{\"") && text.endsWith(","))) {
            return Optional.of("JSON over several lines");
        }
        if (text.startsWith("{") || OTHER_JSON.matcher(text).matches()) {
            return Optional.empty();
        }
        if (text.startsWith("<")) {
            return Optional.of("XML or HTML");
        }
        if (text.startsWith("---") || text.matches("[\\w-]+:( .*)?")) {
            return Optional.of("YAML");
        }
        if (text.contains("\t")) {
            return Optional.of("a table with tabs");
        }
        return Optional.of(text.contains(",") ? "CSV" : "plain text");
    }
}
