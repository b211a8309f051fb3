package dev.tiebreak.rlhf.model;

/// What sits on top of the trunk.
public enum Head {
    /// Next-token logits: `lm_head.weight` `[V, H]`, or the token embedding where they are tied.
    LANGUAGE("LlamaForCausalLM"),
    /// One score per sequence, read at its last token: `score.weight` `[1, H]`.
    SCORE("LlamaForSequenceClassification");

    private final String architecture;

    Head(String architecture) {
        this.architecture = architecture;
    }

    /// The name `config.json` gives it under `architectures`.
    public String architecture() {
        return architecture;
    }
}
