package dev.tiebreak.studio.training;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// How a trainer's process ended that left no last word in its `status.json`, for people to read.
///
/// @param state   failed where the input was at fault, else interrupted
record Obituary(TrainingState state, String message) {
    /// How the command line says that the input, the settings or the surroundings are wrong.
    private static final int WRONG_INPUT = 2;

    private static final int SIGNALS = 128; // as shells count: 128 + signal

    /// @param logLines the last lines of its log
    static Obituary of(OptionalInt exitCode, List<String> logLines) {
        Optional<String> lastLine = logLines.reversed().stream()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .findFirst();
        if (exitCode.orElse(0) == WRONG_INPUT && lastLine.isPresent()) {
            return new Obituary(TrainingState.FAILED, lastLine.get().replaceFirst("^tiebreak: ", ""));
        }
        String reason = exitCode.isPresent() ? reason(exitCode.getAsInt()) : "The trainer's process has disappeared.";
        boolean hadLastWords = exitCode.isPresent() && !isEndedFromOutside(exitCode.getAsInt());
        return new Obituary(
                TrainingState.INTERRUPTED,
                lastLine.filter(_ -> hadLastWords)
                        .map(line -> reason + " The last line of its log: " + line)
                        .orElse(reason));
    }

    private static boolean isEndedFromOutside(int exitCode) {
        return List.of(SIGNALS + 2, SIGNALS + 9, SIGNALS + 15).contains(exitCode);
    }

    private static String reason(int exitCode) {
        return switch (exitCode - SIGNALS) {
            case 2, 15 -> "The trainer was stopped from outside (signal %d).".formatted(exitCode - SIGNALS);
            case 6 -> "The trainer aborted inside native code (signal 6).";
            case 9 -> "The trainer was killed (signal 9): by hand, or because the machine ran out of memory.";
            case 11 -> "The trainer crashed inside native code (signal 11).";
            default -> "The trainer ended with exit code %d.".formatted(exitCode);
        };
    }
}
