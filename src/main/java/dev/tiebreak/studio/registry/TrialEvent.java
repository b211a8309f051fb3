package dev.tiebreak.studio.registry;

import java.util.List;

/// What a trial tells while it runs; the last is always [Ended].
public sealed interface TrialEvent {

    /// @param ahead requests of others that are answered first
    record Queued(int ahead) implements TrialEvent {}

    /// @param model 0 or 1, as they stand in the request
    record Wrote(int model, String delta) implements TrialEvent {}

    /// @param text   the whole completion
    /// @param cutOff whether it met the limit of tokens
    record Completed(int model, String text, boolean cutOff, int tokens) implements TrialEvent {}

    /// @param scores one a completion, as they stand in the request
    record Scored(List<Double> scores) implements TrialEvent {}

    /// @param reason one line for a person
    record Failed(String reason) implements TrialEvent {}

    /// @param complete whether everything that was asked for came
    record Ended(boolean complete) implements TrialEvent {}
}
