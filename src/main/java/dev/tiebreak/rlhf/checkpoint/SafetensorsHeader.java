package dev.tiebreak.rlhf.checkpoint;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The JSON in front of the bytes, checked against them: every byte of the data belongs to exactly one tensor.
///
/// Read token by token, because a tree would silently keep the last of two tensors of one name.
record SafetensorsHeader(List<Entry> entries, Map<String, String> metadata) {
    /// A tensor and its place, in bytes from the start of the data.
    record Entry(TensorInfo info, long begin, long end) {}

    /// The header breaks the format; the caller knows the file's name.
    static final class Malformed extends Exception {
        Malformed(String message) {
            super(message);
        }
    }

    static SafetensorsHeader parse(String json, long dataBytes) throws Malformed {
        if (!json.startsWith("{")) {
            throw new Malformed("header does not begin with '{'");
        }
        JsonReader reader = new JsonReader(new StringReader(json));
        reader.setStrictness(Strictness.STRICT);
        SafetensorsHeader header;
        try {
            header = readHeader(reader);
        } catch (IOException | IllegalStateException | NumberFormatException e) {
            throw new Malformed("header is not valid JSON (" + oneLine(e) + ")");
        }
        header.checkCoverage(dataBytes);
        return header;
    }

    private static SafetensorsHeader readHeader(JsonReader reader) throws IOException, Malformed {
        List<Entry> entries = new ArrayList<>();
        Set<String> names = new HashSet<>();
        Map<String, String> metadata = new LinkedHashMap<>();
        reader.beginObject();
        while (reader.hasNext()) {
            String name = reader.nextName();
            if (!names.add(name)) {
                throw new Malformed("tensor '" + name + "' is listed twice");
            }
            if (name.equals("__metadata__")) {
                readMetadata(reader, metadata);
            } else {
                entries.add(readEntry(reader, name));
            }
        }
        reader.endObject();
        if (reader.peek() != JsonToken.END_DOCUMENT) {
            throw new Malformed("header holds more than one JSON value");
        }
        return new SafetensorsHeader(entries, metadata);
    }

    private static void readMetadata(JsonReader reader, Map<String, String> metadata) throws IOException, Malformed {
        reader.beginObject();
        while (reader.hasNext()) {
            String key = reader.nextName();
            if (reader.peek() != JsonToken.STRING) {
                throw new Malformed("__metadata__ '" + key + "' is not a string");
            }
            metadata.put(key, reader.nextString());
        }
        reader.endObject();
    }

    private static Entry readEntry(JsonReader reader, String name) throws IOException, Malformed {
        String dtype = null;
        long[] shape = null;
        long[] offsets = null;
        reader.beginObject();
        while (reader.hasNext()) {
            switch (reader.nextName()) {
                case "dtype" -> dtype = reader.nextString();
                case "shape" -> shape = readNumbers(reader, name, "shape");
                case "data_offsets" -> offsets = readNumbers(reader, name, "data_offsets");
                case String other -> throw new Malformed("tensor '" + name + "' has an unknown key '" + other + "'");
            }
        }
        reader.endObject();
        if (dtype == null || shape == null || offsets == null) {
            throw new Malformed("tensor '" + name + "' lacks "
                    + (dtype == null ? "dtype" : shape == null ? "shape" : "data_offsets"));
        }
        return entry(name, dtype, shape, offsets);
    }

    private static Entry entry(String name, String dtype, long[] shape, long[] offsets) throws Malformed {
        if (offsets.length != 2 || offsets[0] > offsets[1]) {
            throw new Malformed(
                    "tensor '" + name + "' has data_offsets " + Arrays.toString(offsets) + ", expected [begin, end]");
        }
        TensorInfo info;
        try {
            info = new TensorInfo(name, Dtype.valueOf(dtype), shape);
        } catch (IllegalArgumentException _) {
            throw new Malformed("tensor '" + name + "' has the unknown dtype '" + dtype + "'");
        } catch (ArithmeticException _) {
            throw new Malformed("tensor '" + name + "' has an impossible shape " + Arrays.toString(shape));
        }
        long bytes = offsets[1] - offsets[0];
        if (info.byteSize() != bytes) {
            throw new Malformed("tensor '" + name + "' is " + dtype + Arrays.toString(shape) + " = " + info.byteSize()
                    + " bytes, but data_offsets give " + bytes);
        }
        return new Entry(info, offsets[0], offsets[1]);
    }

    private static long[] readNumbers(JsonReader reader, String tensor, String key) throws IOException, Malformed {
        List<Long> numbers = new ArrayList<>();
        reader.beginArray();
        while (reader.hasNext()) {
            String digits = reader.peek() == JsonToken.NUMBER ? reader.nextString() : "";
            // at most 18 digits: what is longer cannot be a size, and would not fit a long
            if (!digits.matches("0|[1-9][0-9]{0,17}")) {
                throw new Malformed("tensor '" + tensor + "' has a " + key + " that is not a list of whole numbers");
            }
            numbers.add(Long.parseLong(digits));
        }
        reader.endArray();
        return numbers.stream().mapToLong(Long::longValue).toArray();
    }

    private void checkCoverage(long dataBytes) throws Malformed {
        List<Entry> byPlace = new ArrayList<>(entries);
        byPlace.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
        long covered = 0;
        for (Entry entry : byPlace) {
            String name = entry.info().name();
            if (entry.begin() != covered) {
                throw new Malformed("tensor '" + name + "' begins at byte " + entry.begin() + " of the data, expected "
                        + covered + (entry.begin() < covered ? " (overlap)" : " (gap)"));
            }
            if (entry.end() > dataBytes) {
                throw new Malformed("tensor '" + name + "' ends at byte " + entry.end()
                        + " of the data, but the file holds only " + dataBytes);
            }
            covered = entry.end();
        }
        if (covered != dataBytes) {
            throw new Malformed((dataBytes - covered) + " bytes after the last tensor belong to none");
        }
    }

    private static String oneLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
}
