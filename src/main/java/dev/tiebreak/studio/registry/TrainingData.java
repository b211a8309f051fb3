package dev.tiebreak.studio.registry;

import dev.tiebreak.studio.preference.DatasetVersion;
import java.util.List;

/// What a checkpoint was trained on, as the version's manifest tells it.
///
/// @param title   such as `Small talk v1`
/// @param rubrics such as `helpful-honest-harmless, version 2`
public record TrainingData(DatasetVersion version, String title, int judgments, int annotators, List<String> rubrics) {
    public TrainingData {
        rubrics = List.copyOf(rubrics);
    }
}
