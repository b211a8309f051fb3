package dev.tiebreak.studio.registry;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What the run that made a checkpoint wrote down of itself in `run.json`, beside the model's folder. Its paths are
/// left
/// out: they say nothing elsewhere.
record RunRecord(String method, String device, String codeVersion, Map<String, String> settings) {

    /// Empty for models that were not trained here.
    static Optional<RunRecord> beside(Path model) {
        Path file = model.resolveSibling("run.json");
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(read(JsonMapper.shared().readTree(file.toFile())));
        } catch (JacksonException _) {
            return Optional.empty();
        }
    }

    private static RunRecord read(JsonNode run) {
        Map<String, String> settings = new LinkedHashMap<>();
        run.path("settings")
                .properties()
                .forEach(setting ->
                        settings.put(setting.getKey(), setting.getValue().asString("")));
        return new RunRecord(
                run.path("method").asString(""),
                run.path("device").asString(""),
                run.path("code_version").asString(""),
                settings);
    }
}
