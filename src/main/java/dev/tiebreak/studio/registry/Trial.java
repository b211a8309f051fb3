package dev.tiebreak.studio.registry;

/// A try that is under way.
public interface Trial {

    /// Ends it; what was written so far stays.
    void stop();
}
