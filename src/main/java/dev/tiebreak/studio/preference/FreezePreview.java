package dev.tiebreak.studio.preference;

/// A project's votes as they stood when the preview was asked for; counts for any settings without another query.
public final class FreezePreview {
    private final JudgedProject judged;

    FreezePreview(JudgedProject judged) {
        this.judged = judged;
    }

    public FreezeCounts counts(FreezeSettings settings) {
        return judged.counts(settings);
    }
}
