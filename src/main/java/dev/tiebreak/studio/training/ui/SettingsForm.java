package dev.tiebreak.studio.training.ui;

import static dev.tiebreak.rlhf.trainer.TrainingMethod.CPO;
import static dev.tiebreak.rlhf.trainer.TrainingMethod.DPO;
import static dev.tiebreak.rlhf.trainer.TrainingMethod.KTO;
import static dev.tiebreak.rlhf.trainer.TrainingMethod.ORPO;
import static dev.tiebreak.rlhf.trainer.TrainingMethod.REWARD_MODEL;
import static dev.tiebreak.rlhf.trainer.TrainingMethod.SIMPO;

import com.vaadin.flow.component.formlayout.FormLayout;
import dev.tiebreak.rlhf.trainer.DpoSettings;
import dev.tiebreak.rlhf.trainer.TrainingMethod;
import dev.tiebreak.rlhf.trainer.TrainingSettings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The settings that people change, filled in from a preset.
class SettingsForm extends FormLayout {
    /// Methods that a frozen version of preference pairs can feed.
    static final List<TrainingMethod> METHODS = List.of(REWARD_MODEL, DPO, KTO, ORPO, SIMPO, CPO);

    private static final Set<TrainingMethod> ALL = Set.copyOf(METHODS);
    private static final Set<TrainingMethod> POLICIES = Set.of(DPO, KTO, ORPO, SIMPO, CPO);

    /// Settings that mean something only where an adapter is trained.
    private static final Set<String> OF_ADAPTERS = Set.of("lora_r", "lora_alpha", "use_rslora", "use_dora");

    private final List<SettingField> fields = List.of(
            SettingField.text("learning_rate", "Learning rate", ALL),
            SettingField.text("num_train_epochs", "Epochs", ALL),
            SettingField.text("per_device_train_batch_size", "Rows per backward pass", ALL),
            SettingField.text("gradient_accumulation_steps", "Backward passes per step", ALL),
            SettingField.text("max_steps", "Steps at most (0: as the epochs say)", ALL),
            SettingField.text("max_length", "Tokens per completion with its prompt", ALL),
            SettingField.text("beta", "β, the pull towards the reference", Set.of(DPO, KTO)),
            SettingField.text("beta", "β, weight of the odds ratio", Set.of(ORPO)),
            SettingField.text("beta", "β, scale of the comparison", Set.of(SIMPO, CPO)),
            SettingField.text("simpo_gamma", "γ, lead asked for per token", Set.of(SIMPO)),
            SettingField.text("cpo_alpha", "Weight of imitation", Set.of(SIMPO, CPO)),
            SettingField.choice("loss_type", "Loss", Set.of(DPO), DpoSettings.LOSS_TYPES.toArray(String[]::new)),
            SettingField.text("desirable_weight", "Weight of chosen completions", Set.of(KTO)),
            SettingField.text("undesirable_weight", "Weight of rejected completions", Set.of(KTO)),
            SettingField.text(
                    "label_smoothing", "Share of labels believed wrong", Set.of(REWARD_MODEL, DPO, SIMPO, CPO)),
            SettingField.choice("use_margin", "Subtract the rows' margin", Set.of(REWARD_MODEL), "true", "false"),
            SettingField.choice(
                    "use_soft_labels", "Soft labels in place of certainty", Set.of(REWARD_MODEL), "true", "false"),
            SettingField.choice("use_peft", "Train a low-rank adapter (LoRA) only", ALL, "true", "false"),
            SettingField.text("lora_r", "Rank of the adapter", ALL),
            SettingField.text("lora_alpha", "α, scale of the adapter times its rank", ALL),
            SettingField.choice("use_rslora", "Scale by the root of the rank (rsLoRA)", ALL, "true", "false"),
            SettingField.choice("use_dora", "Learn rows' norms apart (DoRA)", ALL, "true", "false"),
            SettingField.text("eval_kl_samples", "Own texts compared with the start", POLICIES),
            SettingField.text("warmup_ratio", "Share of warm-up steps", ALL),
            SettingField.choice("lr_scheduler_type", "Schedule", ALL, "linear", "cosine", "constant"),
            SettingField.choice("gradient_checkpointing", "Run layers again to save memory", ALL, "false", "true"),
            SettingField.text("seed", "Seed", ALL));
    private boolean filling;

    /// @param onChange called when a person has changed a value
    SettingsForm(Runnable onChange) {
        setResponsiveSteps(new ResponsiveStep("0", 1), new ResponsiveStep("28rem", 2), new ResponsiveStep("48rem", 3));
        for (SettingField field : fields) {
            add(field.component());
            field.value().addValueChangeListener(_ -> {
                if (!filling) {
                    showAdapters();
                    onChange.run();
                }
            });
        }
    }

    void fill(TrainingSettings settings) {
        filling = true;
        fields.forEach(field -> field.fill(settings));
        fields.stream()
                .filter(field -> field.mattersFor(settings.method()))
                .forEach(field -> field.check(settings.method()));
        showAdapters();
        filling = false;
    }

    private void showAdapters() {
        boolean wanted = wantsAdapter();
        fields.stream()
                .filter(field -> OF_ADAPTERS.contains(field.name()))
                .forEach(field -> field.component().setVisible(wanted));
    }

    private boolean wantsAdapter() {
        return fields.stream()
                .anyMatch(field -> field.name().equals("use_peft")
                        && "true".equals(field.value().getValue()));
    }

    /// Empty while a value is wrong; its field says so.
    Optional<TrainingSettings> read(TrainingMethod method) {
        List<SettingField> relevant = fields.stream()
                .filter(field -> field.mattersFor(method))
                .filter(field -> wantsAdapter() || !OF_ADAPTERS.contains(field.name()))
                .toList();
        boolean allRight = relevant.stream().map(field -> field.check(method)).reduce(true, Boolean::logicalAnd);
        if (!allRight) {
            return Optional.empty();
        }
        Map<String, String> values = new HashMap<>();
        relevant.forEach(field -> values.put(field.name(), field.value().getValue()));
        return Optional.of(TrainingSettings.of(method, values));
    }
}
