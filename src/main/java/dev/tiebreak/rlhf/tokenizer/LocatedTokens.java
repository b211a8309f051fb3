package dev.tiebreak.rlhf.tokenizer;

/// Token ids and the characters of the text that each stands for.
///
/// @param begins the first character of each token
/// @param ends   the one after its last; equal to `begins` where a token is only a part of a character
public record LocatedTokens(int[] ids, int[] begins, int[] ends) {}
