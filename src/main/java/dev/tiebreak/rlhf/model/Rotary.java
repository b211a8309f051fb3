package dev.tiebreak.rlhf.model;

import java.util.Optional;

/// Rotary positions.
///
/// @param theta base of the wavelengths
public record Rotary(double theta, Optional<RopeScaling> scaling) {

    /// Radians per token of each rotary pair, `[headWidth / 2]`: θ^(−2i/d), stretched where the model says so.
    public float[] frequencies(int headWidth) {
        var frequencies = new float[headWidth / 2];
        for (int i = 0; i < frequencies.length; i++) {
            double frequency = Math.pow(theta, -2.0 * i / headWidth);
            double stretched = scaling.map(s -> s.apply(frequency)).orElse(frequency);
            frequencies[i] = (float) stretched;
        }
        return frequencies;
    }
}
