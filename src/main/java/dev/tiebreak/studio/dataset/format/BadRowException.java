package dev.tiebreak.studio.dataset.format;

/// A row that cannot be used, and which of its columns is to blame.
public final class BadRowException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String column;
    private final String reason;

    public BadRowException(String column, String reason) {
        super(column + " " + reason);
        this.column = column;
        this.reason = reason;
    }

    public String column() {
        return column;
    }

    public String reason() {
        return reason;
    }
}
