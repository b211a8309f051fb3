package dev.tiebreak.studio.preference;

import dev.tiebreak.studio.dataset.ProjectId;
import java.nio.file.Path;
import java.time.Instant;

/// Preference pairs as they were frozen at one moment: nothing about a version ever changes.
///
/// @param number    1, 2, … within the project
/// @param sha256    over the files, the settings and the judgments: the same inputs have the same hash
/// @param folder    with `train.jsonl`, `test.jsonl`, the same as CSV, `annotations.jsonl` and `manifest.json`
public record DatasetVersion(
        DatasetVersionId id,
        ProjectId project,
        int number,
        FreezeSettings settings,
        FreezeCounts counts,
        String sha256,
        Instant createdAt,
        String createdBy,
        Path folder) {

    /// Where it is shown, relative to the application's root.
    public String page() {
        return "projects/" + project.value() + "/datasets";
    }

    public Path train() {
        return folder.resolve(DatasetFile.TRAIN_JSONL.fileName());
    }

    public Path test() {
        return folder.resolve(DatasetFile.TEST_JSONL.fileName());
    }

    public Path file(DatasetFile file) {
        return folder.resolve(file.fileName());
    }
}
