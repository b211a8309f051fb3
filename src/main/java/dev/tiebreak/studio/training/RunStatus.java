package dev.tiebreak.studio.training;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import dev.tiebreak.rlhf.JsonFile;
import dev.tiebreak.rlhf.WrongInputException;
import java.nio.file.Path;
import java.util.Optional;

/// What the trainer's process last wrote to `status.json`.
///
/// @param state `preparing`, `running`, `finished`, `cancelled` or `failed`
/// @param pid   of the process that wrote it, which may be one of an earlier attempt
record RunStatus(
        String state, int step, int totalSteps, TrainingRun.Device device, Optional<String> message, long pid) {

    /// Empty before the trainer's first sign of life.
    static Optional<RunStatus> read(Path file) {
        try {
            return Optional.of(of(JsonFile.read(file)));
        } catch (WrongInputException _) {
            return Optional.empty();
        }
    }

    private static RunStatus of(JsonObject json) {
        return new RunStatus(
                json.get("state").getAsString(),
                json.get("step").getAsInt(),
                json.get("total_steps").getAsInt(),
                new TrainingRun.Device(
                        json.get("device").getAsString(),
                        json.get("device_reason").getAsString()),
                text(json.get("message")),
                json.get("pid").getAsLong());
    }

    private static Optional<String> text(JsonElement element) {
        return element instanceof JsonNull ? Optional.empty() : Optional.of(element.getAsString());
    }

    /// Whether it counts steps; while it prepares and once it failed it does not.
    boolean countsSteps() {
        return totalSteps > 0;
    }
}
