package dev.tiebreak.studio.training;

/// Where a run stands. People move it from over to waiting ([#mayResume]) and from under way to over
/// ([#mayCancel]).
public enum TrainingState {
    QUEUED("Waiting"),
    RUNNING("Running"),
    /// Somebody cancelled it; the step under way ends and a checkpoint is written.
    CANCELLING("Being cancelled"),
    CANCELLED("Cancelled"),
    FINISHED("Finished"),
    /// The trainer itself gave up and said why.
    FAILED("Failed"),
    /// The trainer's process ended without saying why.
    INTERRUPTED("Interrupted");

    private final String label;

    TrainingState(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }

    public boolean isOver() {
        return switch (this) {
            case QUEUED, RUNNING, CANCELLING -> false;
            case CANCELLED, FINISHED, FAILED, INTERRUPTED -> true;
        };
    }

    public boolean mayCancel() {
        return this == QUEUED || this == RUNNING;
    }

    public boolean mayResume() {
        return isOver() && this != FINISHED;
    }
}
