package dev.tiebreak.rlhf.model;

/// What sits on top of the trunk.
public enum Head {
    /// Next-token logits: `lm_head.weight` `[V, H]`, or the token embedding where they are tied.
    LANGUAGE("ForCausalLM"),
    /// One score per sequence, read at its last token: `score.weight` `[1, H]`.
    SCORE("ForSequenceClassification");

    private final String suffix;

    Head(String suffix) {
        this.suffix = suffix;
    }

    /// What `config.json` adds to the family's name under `architectures`.
    String suffix() {
        return suffix;
    }
}
