package dev.tiebreak.studio.dataset;

import dev.tiebreak.studio.dataset.format.Row;

/// A row of a file that waits to be written.
record PendingRow(String file, ImportFormat format, long line, Row row, String raw) {

    /// Says why a row stays out.
    interface Refusal {
        void refuse(PendingRow row, String column, String reason);
    }
}
