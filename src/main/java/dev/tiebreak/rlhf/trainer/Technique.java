package dev.tiebreak.rlhf.trainer;

import static dev.tiebreak.rlhf.trainer.TrainingMethod.DPO;
import static dev.tiebreak.rlhf.trainer.TrainingMethod.KTO;
import static dev.tiebreak.rlhf.trainer.TrainingMethod.REWARD_MODEL;
import static dev.tiebreak.rlhf.trainer.TrainingMethod.SFT;

import dev.tiebreak.rlhf.model.LanguageModel;
import dev.tiebreak.rlhf.model.PackLayout;
import java.util.Set;

/// What of a training step a benchmark turns off, or on. None changes what is computed.
public enum Technique {
    AS_TRAINED("as trained"),
    UNSHARED("prompts laid down twice"),
    PADDED("sequences padded"),
    WHOLE_LOGITS("logits whole"),
    LIVE_REFERENCE("reference in every step"),
    RECOMPUTED("layers run again"),
    PLAIN_ADAMW("AdamW weight by weight");

    private final String label;

    Technique(String label) {
        this.label = label;
    }

    /// For a table.
    public String label() {
        return label;
    }

    public boolean mattersFor(TrainingMethod method) {
        return switch (this) {
            case AS_TRAINED, PADDED, RECOMPUTED, PLAIN_ADAMW -> true;
            case UNSHARED -> !Set.of(SFT, KTO).contains(method);
            case WHOLE_LOGITS -> method != REWARD_MODEL;
            case LIVE_REFERENCE -> Set.of(DPO, KTO).contains(method);
        };
    }

    void applyTo(LanguageModel model) {
        switch (this) {
            case UNSHARED -> model.layout(PackLayout.UNSHARED);
            case PADDED -> model.layout(PackLayout.PADDED);
            case WHOLE_LOGITS -> model.chunk(Integer.MAX_VALUE / 2);
            case RECOMPUTED -> model.recomputing(true);
            case AS_TRAINED, LIVE_REFERENCE, PLAIN_ADAMW -> {}
        }
    }
}
