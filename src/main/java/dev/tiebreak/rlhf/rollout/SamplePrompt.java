package dev.tiebreak.rlhf.rollout;

/// Token ids to continue. The same ids and seed give the same completion, whatever else is in the batch.
public record SamplePrompt(int[] tokens, long seed) {}
