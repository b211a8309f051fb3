package dev.tiebreak.studio.assignment;

/// What one annotator has been asked in a project so far, and how many checks belong to all they may still be asked.
///
/// The number of checks is settled by the amount of work, not drawn: so the total on the screen neither jumps nor lags
/// when a check comes, and tells nobody that one came.
///
/// @param done    regular comparisons judged
/// @param passed  regular comparisons passed on
/// @param held    regular comparisons on the screen
/// @param repeats given so far, held, judged or passed on
/// @param gold    gold items given so far, likewise
/// @param checked checks judged or passed on
/// @param unseen  gold items this annotator has not seen in any form
record Workload(long done, long passed, long held, long repeats, long gold, long checked, long unseen) {

    /// Repeats still to come, with so many regular comparisons open.
    long repeatsToCome(CheckSettings settings, long open) {
        long repeatable = Math.max(0, done + held + open - settings.repeatDistance());
        return Math.max(0, Math.min(settings.repeatsTo(regular(open)), repeatable) - repeats);
    }

    /// Gold items still to come, with so many regular comparisons open.
    long goldToCome(CheckSettings settings, long open) {
        return Math.clamp(settings.goldTo(regular(open)) - gold, 0, unseen);
    }

    Progress progress(CheckSettings settings, long open) {
        long total = regular(open) + repeats + gold + repeatsToCome(settings, open) + goldToCome(settings, open);
        long judged = done + passed + checked;
        return new Progress(judged, total - judged);
    }

    private long regular(long open) {
        return done + passed + held + open;
    }
}
