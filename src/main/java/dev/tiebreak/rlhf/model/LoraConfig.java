package dev.tiebreak.rlhf.model;

import java.util.List;

/// A new low-rank adapter (LoRA, Hu et al. 2021): a projection W becomes W + s·B·A, of which only A and B learn.
///
/// @param rank           rows of A and columns of B
/// @param alpha          s is alpha / rank
/// @param rankStabilised s is alpha / √rank instead (rsLoRA, Kalajdzievski 2023)
/// @param dora           the rows of the sum are brought to norms that learn too (DoRA, Liu et al. 2024)
/// @param targets        the projections that carry one, by the last part of their names (`q_proj`) or more of it
///                       (`mlp.c_proj`); empty for every one
public record LoraConfig(int rank, double alpha, boolean rankStabilised, boolean dora, List<String> targets) {
    public LoraConfig {
        targets = List.copyOf(targets);
    }

    double scale() {
        return scale(alpha, rank, rankStabilised);
    }

    static double scale(double alpha, int rank, boolean rankStabilised) {
        return alpha / (rankStabilised ? Math.sqrt(rank) : rank);
    }
}
