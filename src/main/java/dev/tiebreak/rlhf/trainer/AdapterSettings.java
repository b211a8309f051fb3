package dev.tiebreak.rlhf.trainer;

import com.google.gson.JsonObject;
import dev.tiebreak.rlhf.WrongInputException;
import dev.tiebreak.rlhf.model.LoraConfig;
import java.util.List;
import java.util.Optional;

/// Whether a run trains a low-rank adapter in place of all weights, by the names of TRL's `ModelConfig`.
final class AdapterSettings {
    private static final String EVERY = "all-linear";

    private AdapterSettings() {}

    static Optional<LoraConfig> read(SettingsReader values) {
        boolean wanted = values.truth("use_peft", false);
        List<String> targets = values.words("lora_target_modules", EVERY);
        LoraConfig config = new LoraConfig(
                values.whole("lora_r", 16, 1, 65_536),
                values.real("lora_alpha", 32, 1e-6, 1e6),
                values.truth("use_rslora", false),
                values.truth("use_dora", false),
                targets.equals(List.of(EVERY)) ? List.of() : targets);
        if (wanted) {
            return Optional.of(config);
        }
        for (String name : List.of("lora_target_modules", "lora_r", "lora_alpha", "use_rslora", "use_dora")) {
            if (values.isGiven(name)) {
                throw new WrongInputException("setting " + name + " is about adapters: use_peft=true trains one");
            }
        }
        return Optional.empty();
    }

    static void into(JsonObject json, Optional<LoraConfig> lora) {
        json.addProperty("use_peft", lora.isPresent());
        lora.ifPresent(config -> {
            json.addProperty("lora_r", config.rank());
            json.addProperty("lora_alpha", config.alpha());
            json.addProperty("use_rslora", config.rankStabilised());
            json.addProperty("use_dora", config.dora());
            json.addProperty(
                    "lora_target_modules", config.targets().isEmpty() ? EVERY : String.join(",", config.targets()));
        });
    }
}
