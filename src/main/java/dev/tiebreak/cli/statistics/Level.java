package dev.tiebreak.cli.statistics;

import java.util.Locale;

/// What may be done with labels (Stevens 1946): tell them apart, order them, subtract them, divide them.
enum Level {
    NOMINAL,
    ORDINAL,
    INTERVAL,
    RATIO;

    /// As the command line and the answers write it.
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
