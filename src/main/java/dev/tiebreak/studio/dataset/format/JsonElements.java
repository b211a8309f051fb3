package dev.tiebreak.studio.dataset.format;

import dev.tiebreak.studio.dataset.ImportFailedException;
import java.io.InputStream;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The elements of a file that is one JSON array, one after the other.
final class JsonElements implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS) // after an element comes the next
            .build();

    private final RowLimit in;
    private final String name;
    private final JsonParser parser;
    private long line = 1;

    JsonElements(InputStream in, String name) {
        this.in = new RowLimit(in);
        this.name = name;
        this.parser = JSON.createParser(this.in);
    }

    /// Where the element begins that was last returned.
    long line() {
        return line;
    }

    /// @throws ImportFailedException when the array is broken: nobody knows where its next element begins
    Optional<JsonNode> next() {
        try {
            in.nextRow();
            JsonToken token = parser.nextToken();
            if (token == JsonToken.START_ARRAY && parser.streamReadContext().getNestingDepth() == 1) {
                token = parser.nextToken();
            }
            if (token == null) {
                throw new ImportFailedException(name + ":" + line + " or after: the array is not closed");
            }
            line = Math.max(1, parser.currentTokenLocation().getLineNr());
            return token == JsonToken.END_ARRAY ? Optional.empty() : Optional.of(JSON.readTree(parser));
        } catch (JacksonException e) {
            throw new ImportFailedException(
                    name + ":" + line + " or after: is not valid JSON: " + JsonFields.reason(e));
        }
    }

    @Override
    public void close() {
        parser.close();
    }
}
