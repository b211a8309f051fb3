package dev.tiebreak.rlhf.model;

/// Llama 3's stretching of the rotary wavelengths, so that a model trained on short contexts reads longer ones.
/// Source: `rope_type: llama3` of transformers' `modeling_rope_utils`.
///
/// @param factor          how much the long wavelengths are stretched
/// @param lowFrequency    wavelengths above `original/lowFrequency` are stretched in full
/// @param highFrequency   wavelengths below `original/highFrequency` are kept
/// @param originalContext tokens of context the model was first trained with
public record RopeScaling(double factor, double lowFrequency, double highFrequency, int originalContext) {

    /// @param frequency radians per token
    double apply(double frequency) {
        double wavelength = 2 * Math.PI / frequency;
        if (wavelength < originalContext / highFrequency) {
            return frequency;
        }
        if (wavelength > originalContext / lowFrequency) {
            return frequency / factor;
        }
        double kept = (originalContext / wavelength - lowFrequency) / (highFrequency - lowFrequency);
        return (1 - kept) * frequency / factor + kept * frequency;
    }
}
