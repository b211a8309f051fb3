package dev.tiebreak.studio.registry;

import java.util.List;

/// What a request to the worker hears: texts as they are written, then exactly one of the others.
sealed interface WorkerAnswer {

    record Wrote(String delta) implements WorkerAnswer {}

    /// @param finish `stop` where the model ended by itself, `length` where it was cut off
    record Completed(String text, String finish, int tokens) implements WorkerAnswer {}

    record Scored(List<Double> scores) implements WorkerAnswer {}

    record Cancelled() implements WorkerAnswer {}

    /// @param message one line
    record Failed(String message) implements WorkerAnswer {}
}
