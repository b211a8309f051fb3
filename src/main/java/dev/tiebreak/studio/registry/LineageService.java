package dev.tiebreak.studio.registry;

import dev.tiebreak.studio.preference.DatasetFile;
import dev.tiebreak.studio.preference.DatasetVersion;
import dev.tiebreak.studio.preference.PreferenceService;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Follows checkpoints to their parents, their children and the judgments behind them.
@Service
@Transactional(readOnly = true)
public class LineageService {
    private final CheckpointService checkpoints;
    private final PreferenceService preferences;

    LineageService(CheckpointService checkpoints, PreferenceService preferences) {
        this.checkpoints = checkpoints;
        this.preferences = preferences;
    }

    public Lineage of(Checkpoint checkpoint) {
        return new Lineage(ancestors(checkpoint), checkpoints.childrenOf(checkpoint.id()), dataOf(checkpoint));
    }

    private List<Checkpoint> ancestors(Checkpoint checkpoint) {
        List<Checkpoint> ancestors = new ArrayList<>();
        Optional<Checkpoint> next = checkpoint.parent().flatMap(checkpoints::find);
        while (next.isPresent()) {
            ancestors.add(next.get());
            next = next.get().parent().flatMap(checkpoints::find);
        }
        return ancestors;
    }

    public Optional<TrainingData> dataOf(Checkpoint checkpoint) {
        return checkpoint.datasetVersion().flatMap(preferences::find).map(this::described);
    }

    private TrainingData described(DatasetVersion version) {
        JsonNode manifest = manifest(version);
        return new TrainingData(
                version,
                preferences.title(version),
                manifest.path("judgments").path("count").asInt(version.counts().votes()),
                manifest.path("annotators").size(),
                StreamSupport.stream(manifest.path("rubric_versions").spliterator(), false)
                        .map(rubric -> rubric.path("key").asString("") + ", version "
                                + rubric.path("version").asInt(0))
                        .toList());
    }

    /// An empty object where the files of the version are gone: its row still tells most.
    private static JsonNode manifest(DatasetVersion version) {
        JsonMapper json = JsonMapper.shared();
        var file = version.file(DatasetFile.MANIFEST);
        return Files.exists(file) ? json.readTree(file.toFile()) : json.createObjectNode();
    }
}
