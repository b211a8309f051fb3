package dev.tiebreak.studio.training;

import java.util.UUID;

/// One stay of a run in the queue.
record Attempt(TrainingRunId run, int number) {

    /// As the queue names it.
    @Override
    public String toString() {
        return run.value() + "/" + number;
    }

    static Attempt parse(String text) {
        int slash = text.indexOf('/');
        return new Attempt(
                new TrainingRunId(UUID.fromString(text.substring(0, slash))),
                Integer.parseInt(text.substring(slash + 1)));
    }
}
