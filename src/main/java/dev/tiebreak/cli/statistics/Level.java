package dev.tiebreak.cli.statistics;

/// What may be done with labels (Stevens 1946): tell them apart, order them, subtract them, divide them.
enum Level {
    NOMINAL,
    ORDINAL,
    INTERVAL,
    RATIO
}
