package dev.tiebreak.studio.assignment;

/// Where an annotator stands in a project.
///
/// @param done      comparisons this annotator has judged or passed on
/// @param available comparisons this annotator can still judge, those on the screen included
public record Progress(long done, long available) {
    public long total() {
        return done + available;
    }
}
