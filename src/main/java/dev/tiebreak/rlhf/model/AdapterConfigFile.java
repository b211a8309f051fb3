package dev.tiebreak.rlhf.model;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.tiebreak.rlhf.JsonFile;
import dev.tiebreak.rlhf.WrongInputException;
import dev.tiebreak.rlhf.checkpoint.CheckpointException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// PEFT's `adapter_config.json`, of low-rank adapters only.
final class AdapterConfigFile {
    static final String NAME = "adapter_config.json";
    private static final String BASE = "base_model_name_or_path";
    private static final String TASK = "task_type";
    private static final String SCORING = "SEQ_CLS";

    /// What changes the computation in ways that we do not have; each must be absent, null, false or empty.
    private static final List<String> OTHER_KINDS = List.of(
            "alora_invocation_tokens",
            "arrow_config",
            "kasa_config",
            "layer_replication",
            "lora_bias",
            "megatron_config",
            "monteclora_config",
            "target_parameters",
            "trainable_token_indices",
            "use_bdlora",
            "use_qalora",
            "velora_config");

    private final Path file;
    private final JsonObject json;

    private AdapterConfigFile(Path file, JsonObject json) {
        this.file = file;
        this.json = json;
    }

    /// @throws CheckpointException naming the key that asks for another kind of adapter
    static AdapterConfigFile read(Path folder) {
        Path file = folder.resolve(NAME);
        AdapterConfigFile config;
        try {
            config = new AdapterConfigFile(file, JsonFile.read(file));
        } catch (WrongInputException e) {
            throw new CheckpointException(String.valueOf(e.getMessage()), e);
        }
        config.refuseOtherKinds();
        return config;
    }

    /// The file of a new adapter. Its base is named when it is written.
    static JsonObject json(LoraConfig config, ModelConfig model, List<String> targets) {
        JsonObject json = new JsonObject();
        json.addProperty("peft_type", "LORA");
        json.addProperty("r", config.rank());
        json.add("lora_alpha", shortest(config.alpha()));
        json.addProperty("lora_dropout", 0.0);
        JsonArray names = new JsonArray();
        targets.forEach(names::add);
        json.add("target_modules", names);
        json.addProperty("bias", "none");
        json.addProperty("fan_in_fan_out", model.family().storesTransposed());
        json.addProperty("use_rslora", config.rankStabilised());
        json.addProperty("use_dora", config.dora());
        json.addProperty("init_lora_weights", true);
        json.add("rank_pattern", new JsonObject());
        json.add("alpha_pattern", new JsonObject());
        json.add("layers_to_transform", JsonNull.INSTANCE);
        json.add("layers_pattern", JsonNull.INSTANCE);
        json.add("revision", JsonNull.INSTANCE);
        return json;
    }

    private static JsonPrimitive shortest(double alpha) {
        return alpha == Math.rint(alpha) ? new JsonPrimitive((long) alpha) : new JsonPrimitive(alpha);
    }

    /// The same file for the base and head that the adapter is written with now.
    static JsonObject written(JsonObject json, Path base, Head head) {
        JsonObject written = json.deepCopy();
        written.addProperty(BASE, base.toString());
        written.addProperty("inference_mode", true);
        boolean scoring = head == Head.SCORE;
        written.addProperty(TASK, scoring ? SCORING : "CAUSAL_LM");
        JsonArray heads = new JsonArray();
        List.of("classifier", "score").forEach(heads::add); // as PEFT lists them
        written.add("modules_to_save", scoring ? heads : JsonNull.INSTANCE);
        return written;
    }

    JsonObject json() {
        return json;
    }

    /// The folder of the base: as seen from the adapter's own folder, or else as it is named.
    ///
    /// @throws CheckpointException when it is neither
    Path base(Path folder) {
        String name = text(BASE, "");
        try {
            for (Path found : List.of(folder.resolve(name).normalize(), Path.of(name))) {
                if (!name.isEmpty() && Files.exists(found.resolve("config.json"))) {
                    return found;
                }
            }
        } catch (InvalidPathException _) {
            // said below
        }
        throw wrong(
                BASE,
                "is " + json.get(BASE) + ", but there is no such model folder; nothing is downloaded: put the"
                        + " base model's folder there, or write into this key where it lies");
    }

    Head head() {
        return switch (text(TASK, "CAUSAL_LM")) {
            case "CAUSAL_LM" -> Head.LANGUAGE;
            case SCORING -> Head.SCORE;
            default -> throw wrong(TASK, "is " + json.get(TASK) + "; supported are CAUSAL_LM and " + SCORING);
        };
    }

    boolean dora() {
        return flag("use_dora");
    }

    /// s of a projection.
    ///
    /// @param module the projection's name in the model
    double scale(String module, int rank) {
        double alpha = number("lora_alpha", json.get("lora_alpha"));
        if (json.get("alpha_pattern") instanceof JsonObject patterns) {
            for (Map.Entry<String, JsonElement> pattern : patterns.entrySet()) {
                if (!pattern.getKey().matches("[A-Za-z0-9_.]+")) {
                    throw wrong(
                            "alpha_pattern",
                            "has " + new JsonPrimitive(pattern.getKey()) + "; supported are plain names");
                }
                if (names(pattern.getKey(), module)) {
                    alpha = number("alpha_pattern", pattern.getValue());
                    break;
                }
            }
        }
        double scale = LoraConfig.scale(alpha, rank, flag("use_rslora"));
        if (!Float.isFinite((float) scale)) {
            throw wrong("lora_alpha", "gives the scale " + scale + " at rank " + rank + ", which no number holds");
        }
        return scale;
    }

    /// Whether a target is the whole name or its last parts.
    static boolean names(String target, String module) {
        return module.equals(target) || module.endsWith("." + target);
    }

    private void refuseOtherKinds() {
        if (!text("peft_type", "").equals("LORA")) {
            throw wrong("peft_type", "is " + json.get("peft_type") + "; supported is LORA");
        }
        if (!text("bias", "none").equals("none")) {
            throw wrong("bias", "is " + json.get("bias") + "; supported is none");
        }
        String start = text("init_lora_weights", "true");
        if (!List.of("true", "false", "gaussian", "orthogonal", "eva").contains(start)) {
            throw wrong(
                    "init_lora_weights",
                    "is " + json.get("init_lora_weights")
                            + ", which changed the base's weights too; save the adapter converted to plain LoRA");
        }
        for (String key : OTHER_KINDS) {
            if (!nothing(json.get(key))) {
                throw wrong(key, "is " + json.get(key) + ", which is not supported");
            }
        }
    }

    private static boolean nothing(@Nullable JsonElement value) {
        return switch (value) {
            case null -> true;
            case JsonNull _ -> true;
            case JsonObject object -> object.isEmpty();
            case JsonArray list -> list.isEmpty();
            default -> value.getAsString().equals("false");
        };
    }

    private boolean flag(String key) {
        return text(key, "false").equals("true");
    }

    private String text(String key, String absent) {
        return json.get(key) instanceof JsonPrimitive value ? value.getAsString() : absent;
    }

    private double number(String key, @Nullable JsonElement value) {
        if (value instanceof JsonPrimitive number && number.isNumber() && Double.isFinite(number.getAsDouble())) {
            return number.getAsDouble();
        }
        throw wrong(key, (value == null ? "is missing" : "is " + value) + "; it must be a number");
    }

    private CheckpointException wrong(String key, String what) {
        return new CheckpointException(file + ": " + key + " " + what);
    }
}
