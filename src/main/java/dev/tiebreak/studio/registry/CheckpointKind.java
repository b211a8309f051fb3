package dev.tiebreak.studio.registry;

/// What a checkpoint is for.
public enum CheckpointKind {
    BASE("Base model"),
    POLICY("Policy"),
    REWARD_MODEL("Reward model");

    private final String label;

    CheckpointKind(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }
}
