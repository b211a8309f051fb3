package dev.tiebreak.rlhf.loss;

/// Kahneman–Tversky Optimization: completions that were found desirable or not, each judged for itself against what
/// the policy already is.
///
/// With r = log π/π_ref and the drift z, `λ_D·(1 − σ(β(r − z)))` for a desirable completion and
/// `λ_U·(1 − σ(β(z − r)))` for an undesirable one. Ethayarajh et al. 2024, eq. 7; as TRL's `KTOTrainer` computes it.
///
/// @param beta              pull towards the reference, above 0
/// @param desirableWeight   λ_D
/// @param undesirableWeight λ_U; λ_D·n_D : λ_U·n_U should lie within 1:1 and 4:3
public record KtoLoss(double beta, double desirableWeight, double undesirableWeight) {

    /// z of a batch: the mean of log-ratios on mismatched prompts and completions, 0 at least. It counts as a constant.
    public static double drift(double[] mismatchedRatios) {
        double sum = 0;
        for (double ratio : mismatchedRatios) {
            sum += ratio;
        }
        return mismatchedRatios.length == 0 ? 0 : Math.max(0, sum / mismatchedRatios.length);
    }

    public double value(double ratio, double drift, boolean desirable) {
        double gain = beta * (ratio - drift);
        return desirable ? desirableWeight * Sigmoid.of(-gain) : undesirableWeight * Sigmoid.of(gain);
    }

    /// Derivative by the policy's summed log-probability.
    public double slope(double ratio, double drift, boolean desirable) {
        double gain = beta * (ratio - drift);
        double steepness = beta * Sigmoid.of(gain) * Sigmoid.of(-gain);
        return desirable ? -desirableWeight * steepness : undesirableWeight * steepness;
    }
}
