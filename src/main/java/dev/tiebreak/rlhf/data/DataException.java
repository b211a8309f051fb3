package dev.tiebreak.rlhf.data;

import dev.tiebreak.rlhf.WrongInputException;
import java.nio.file.Path;

/// A row cannot be used. Reads `pairs.jsonl:2: 'rejected' is missing`.
public final class DataException extends WrongInputException {
    /// @param line counted from 1; 0 when the file as a whole is meant
    public DataException(Path file, long line, String reason) {
        super(line == 0 ? file + ": " + reason : file + ":" + line + ": " + reason);
    }

    DataException(Path file, long line, String column, String reason) {
        this(file, line, "'" + column + "' " + reason);
    }
}
