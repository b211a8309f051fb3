package dev.tiebreak.rlhf.trainer;

import com.google.gson.JsonObject;

/// The settings that only one method has.
public sealed interface MethodSettings
        permits SftSettings, RewardSettings, DpoSettings, KtoSettings, OrpoSettings, CpoSettings {
    /// Adds them by name, as they can be given again.
    void into(JsonObject json);

    static MethodSettings read(TrainingMethod method, SettingsReader values) {
        return switch (method) {
            case SFT -> SftSettings.read(values);
            case REWARD_MODEL -> RewardSettings.read(values);
            case DPO -> DpoSettings.read(values);
            case KTO -> KtoSettings.read(values);
            case ORPO -> OrpoSettings.read(values);
            case CPO -> CpoSettings.readCpo(values);
            case SIMPO -> CpoSettings.readSimpo(values);
        };
    }
}
