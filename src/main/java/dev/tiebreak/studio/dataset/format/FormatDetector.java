package dev.tiebreak.studio.dataset.format;

import dev.tiebreak.studio.dataset.ImportFailedException;
import dev.tiebreak.studio.dataset.ImportFormat;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.commons.csv.CSVParser;
import tools.jackson.databind.JsonNode;

/// Tells a file's format by its first row.
public final class FormatDetector {

    private FormatDetector() {}

    /// @throws ImportFailedException saying what the first row holds when it fits none
    public static ImportFormat detect(Path file, String name) {
        try (InputStream in = SourceLines.open(file, name, _ -> {})) {
            if (SourceLines.beginsArray(in)) {
                return ofJson(firstElement(in, name), name);
            }
            String first = firstLine(in, name);
            return isJson(first) ? ofJson(JsonFields.of(first), name) : ofHeading(first, columns(file, name), name);
        } catch (IOException e) {
            throw new ImportFailedException(name + " cannot be read: " + SourceLines.reason(e));
        } catch (BadRowException e) {
            throw new ImportFailedException(
                    name + ":1 " + (e.column().isEmpty() ? "" : "'" + e.column() + "' ") + e.reason());
        }
    }

    /// The heading's columns; empty when the file is JSON.
    ///
    /// @throws ImportFailedException when there is no heading
    public static List<String> columns(Path file, String name) {
        try (InputStream in = SourceLines.open(file, name, _ -> {})) {
            return SourceLines.beginsArray(in) || SourceLines.begins(in, '{') ? List.of() : heading(in);
        } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
            throw new ImportFailedException(name + ":1 the heading cannot be read: " + e.getMessage());
        }
    }

    private static List<String> heading(InputStream in) throws IOException {
        var text = new InputStreamReader(new RowLimit(in), StandardCharsets.UTF_8);
        try (CSVParser parser =
                CSVParser.builder().setReader(text).setFormat(RowReader.FORMAT).get()) {
            return List.copyOf(parser.getHeaderNames());
        }
    }

    private static String firstLine(InputStream in, String name) throws IOException {
        SourceLines.Reader lines = new SourceLines.Reader(in);
        for (Optional<String> line = lines.next(); line.isPresent(); line = lines.next()) {
            if (!line.get().isBlank()) {
                return line.get();
            }
        }
        throw new ImportFailedException(name + " is empty");
    }

    private static JsonFields firstElement(InputStream in, String name) {
        try (JsonElements elements = new JsonElements(in, name)) {
            JsonNode first = elements.next().orElseThrow(() -> new ImportFailedException(name + " is an empty array"));
            return JsonFields.of(first);
        }
    }

    private static boolean isJson(String line) {
        return line.stripLeading().startsWith("{");
    }

    private static ImportFormat ofJson(JsonFields fields, String name) {
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
            return ofPreference(fields);
        }
        if (fields.has("label")) {
            throw new ImportFailedException(name + ":1 has one completion a row with a label (unpaired, as for KTO):"
                    + " there is nothing to compare it with");
        }
        throw new ImportFailedException(name + ":1 fits no known format: its keys are " + Texts.shortened(fields.keys())
                + "; known formats are " + ImportFormat.names());
    }

    private static ImportFormat ofPreference(JsonFields fields) {
        if (fields.has("conversations")) {
            return ImportFormat.SHAREGPT_PREFERENCE;
        }
        boolean transcript = !fields.has("prompt")
                && fields.isText("chosen")
                && HumanAssistantTranscript.isOne(fields.text("chosen"));
        return transcript ? ImportFormat.HH_RLHF : ImportFormat.TRL_PREFERENCE;
    }

    private static ImportFormat ofHeading(String line, List<String> heading, String name) {
        Set<String> columns = new TreeSet<>(heading);
        if (columns.containsAll(Set.of("id", "winner", "left", "right"))) {
            return ImportFormat.LLMFAO_VOTES;
        }
        if (columns.size() < 2) {
            throw new ImportFailedException(name + ":1 is neither JSON nor a heading of columns parted by commas, but '"
                    + Texts.shortened(line.strip()) + "'");
        }
        return ImportFormat.CSV;
    }
}
