package dev.tiebreak.rlhf.model;

import java.util.Optional;

/// The numbers of one projection's adapter.
///
/// @param rank      r
/// @param scale     s
/// @param down      A, `[r, in]`
/// @param up        B, `[out, r]`
/// @param magnitude DoRA's norm of each row, `[out]`
record LowRank(int rank, double scale, float[] down, float[] up, Optional<float[]> magnitude) {}
