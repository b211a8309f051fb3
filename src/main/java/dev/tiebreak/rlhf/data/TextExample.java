package dev.tiebreak.rlhf.data;

/// Token ids to imitate: the prompt (often empty) is context, the completion is learnt and holds at least one token
/// that follows another.
public record TextExample(int[] prompt, int[] completion) {}
