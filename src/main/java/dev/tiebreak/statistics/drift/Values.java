package dev.tiebreak.statistics.drift;

/// What charts ask of the values they are given.
final class Values {

    private Values() {}

    static double finite(double value, int index) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("value " + (index + 1) + " of the chart is " + value);
        }
        return value;
    }
}
