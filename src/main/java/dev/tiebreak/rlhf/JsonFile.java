package dev.tiebreak.rlhf;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;

/// Reads JSON by the letter of RFC 8259 (Gson's own parser lets comments and bare words pass) and writes small JSON
/// files the way transformers does: two spaces, `<` not escaped, a newline at the end.
public final class JsonFile {
    private static final Gson PRETTY = new GsonBuilder()
            .setPrettyPrinting()
            .disableHtmlEscaping()
            .serializeNulls()
            .serializeSpecialFloatingPointValues()
            .create();

    private JsonFile() {}

    /// @throws WrongInputException when the file is missing, unreadable or not one JSON object
    public static JsonObject read(Path file) {
        try {
            return parseObject(Files.readString(file));
        } catch (NoSuchFileException _) {
            throw new WrongInputException(file + ": no such file");
        } catch (IOException e) {
            throw new WrongInputException(file + ": cannot be read as UTF-8 text (" + e.getMessage() + ")", e);
        } catch (JsonParseException e) {
            throw new WrongInputException(file + ": " + e.getMessage(), e);
        }
    }

    /// @throws JsonParseException with a one-line reason when `text` is not exactly one JSON object
    public static JsonObject parseObject(String text) {
        return parse(text, JsonToken.BEGIN_OBJECT, "object").getAsJsonObject();
    }

    /// @throws JsonParseException with a one-line reason when `text` is not exactly one JSON array
    public static JsonArray parseArray(String text) {
        return parse(text, JsonToken.BEGIN_ARRAY, "array").getAsJsonArray();
    }

    private static JsonElement parse(String text, JsonToken begin, String kind) {
        JsonReader reader = new JsonReader(new StringReader(text));
        reader.setStrictness(Strictness.STRICT);
        try {
            if (reader.peek() != begin) {
                throw new JsonParseException("expected a JSON " + kind + ", found " + nameOf(reader.peek()));
            }
            JsonElement value = JsonParser.parseReader(reader);
            if (reader.peek() != JsonToken.END_DOCUMENT) {
                throw new JsonParseException("more than one JSON value");
            }
            return value;
        } catch (IOException | RuntimeException e) {
            throw new JsonParseException("is not valid JSON: " + firstLineOf(e), e);
        }
    }

    /// Replaces `file` as a whole: a reader sees the old text or the new one, never half of it.
    public static void write(Path file, JsonElement json) throws IOException {
        WrittenAside.write(file, PRETTY.toJson(json) + "\n");
    }

    private static String nameOf(JsonToken token) {
        return token.name().toLowerCase(Locale.ROOT).replace("begin_", "an ").replace('_', ' ');
    }

    private static String firstLineOf(Exception e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String message = String.valueOf(root.getMessage());
        int end = message.indexOf('\n');
        return (end < 0 ? message : message.substring(0, end))
                .replace("Use JsonReader.setStrictness(Strictness.LENIENT) to accept malformed JSON", "malformed")
                .replace("; see the troubleshooting guide", "");
    }
}
