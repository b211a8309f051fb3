package dev.tiebreak.studio.dataset.format;

import dev.tiebreak.studio.dataset.ImportFailedException;
import dev.tiebreak.studio.dataset.ImportFormat;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Tells a file's format by its first row.
public final class FormatDetector {

    private FormatDetector() {}

    /// @throws ImportFailedException saying what the first row holds when it fits none
    public static ImportFormat detect(Path file, String name) {
        String first = firstLine(file, name);
        return first.stripLeading().startsWith("{") ? ofJson(first, name) : ofHeading(first, name);
    }

    /// The heading's columns; empty when the first row is JSON.
    public static List<String> columns(Path file, String name) {
        String first = firstLine(file, name);
        return first.stripLeading().startsWith("{") ? List.of() : cells(first);
    }

    private static String firstLine(Path file, String name) {
        try (InputStream in = SourceLines.open(file, name, _ -> {})) {
            SourceLines.Reader lines = new SourceLines.Reader(in);
            for (Optional<String> line = lines.next(); line.isPresent(); line = lines.next()) {
                if (!line.get().isBlank()) {
                    return line.get();
                }
            }
            throw new ImportFailedException(name + " is empty");
        } catch (IOException e) {
            throw new ImportFailedException(name + " cannot be read: " + SourceLines.reason(e));
        } catch (BadRowException e) {
            throw new ImportFailedException(name + ":1 " + e.reason());
        }
    }

    private static ImportFormat ofJson(String line, String name) {
        try {
            JsonFields fields = JsonFields.of(line);
            if (fields.has("result_x") || fields.has("result_y")) {
                return ImportFormat.LLMFAO_PAIRS;
            }
            if (fields.has("completions") && fields.has("turns")) {
                return ImportFormat.SAMPLE_PROMPTS;
            }
            if (fields.has("choice") && fields.has("left")) {
                return ImportFormat.SAMPLE_VOTES;
            }
            if (fields.has("chosen") && fields.has("rejected")) {
                boolean transcript = !fields.has("prompt")
                        && fields.isText("chosen")
                        && HumanAssistantTranscript.isOne(fields.text("chosen"));
                return transcript ? ImportFormat.HH_RLHF : ImportFormat.TRL_PREFERENCE;
            }
        } catch (BadRowException e) {
            throw new ImportFailedException(
                    name + ":1 " + (e.column().isEmpty() ? "" : "'" + e.column() + "' ") + e.reason());
        }
        throw new ImportFailedException(name + ":1 fits no known format; name one of " + ImportFormat.names());
    }

    private static ImportFormat ofHeading(String line, String name) {
        Set<String> columns = new TreeSet<>(cells(line));
        if (columns.containsAll(Set.of("id", "worker", "winner", "left", "right"))) {
            return ImportFormat.LLMFAO_VOTES;
        }
        if (columns.size() < 2) {
            throw new ImportFailedException(
                    name + ":1 is neither JSON nor a heading of named columns; JSONL has one object a line");
        }
        return ImportFormat.CSV;
    }

    private static List<String> cells(String heading) {
        return Arrays.stream(heading.split(",", -1))
                .map(cell -> cell.strip().replaceAll("^\"|\"$", ""))
                .toList();
    }
}
