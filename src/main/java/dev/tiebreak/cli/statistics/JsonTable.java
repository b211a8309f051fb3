package dev.tiebreak.cli.statistics;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.Strictness;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.function.Consumer;

/// Rows of a file with one JSON object a line.
final class JsonTable {

    private static final Gson STRICT =
            new GsonBuilder().setStrictness(Strictness.STRICT).create();

    private JsonTable() {}

    static void read(BufferedReader text, TableRow row, Consumer<TableRow> reader) throws IOException {
        long line = 0;
        for (String object = text.readLine(); object != null; object = text.readLine()) {
            row.line(++line);
            if (!object.isBlank()) {
                fill(row, object);
                reader.accept(row);
            }
        }
    }

    private static void fill(TableRow row, String line) {
        JsonElement object = parsed(row, line);
        if (!object.isJsonObject()) {
            throw row.problem("is no JSON object");
        }
        for (int column = 0; column < row.columns().size(); column++) {
            JsonElement cell = object.getAsJsonObject().get(row.columns().get(column));
            if (cell == null) {
                throw row.problem("has no field '" + row.columns().get(column) + "'; its fields are "
                        + String.join(", ", object.getAsJsonObject().keySet()));
            }
            if (!cell.isJsonNull() && !cell.isJsonPrimitive()) {
                throw row.problem(column, "is no text or number");
            }
            row.set(column, cell.isJsonNull() ? "" : cell.getAsString());
        }
    }

    /// Strictly: a reader that forgives would take a name without quotes for one.
    private static JsonElement parsed(TableRow row, String line) {
        try {
            return STRICT.fromJson(line, JsonElement.class);
        } catch (JsonParseException | StackOverflowError e) {
            throw row.problem("is no JSON object");
        }
    }
}
