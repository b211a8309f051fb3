package dev.tiebreak.rlhf.trainer;

import com.google.gson.JsonObject;
import dev.tiebreak.rlhf.WrongInputException;
import dev.tiebreak.rlhf.loss.Divergence;
import dev.tiebreak.rlhf.loss.DpoLoss;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// What DPO's losses take.
///
/// @param lossTypes       names of [DpoLoss], or `sft` for the mean negative log-probability of chosen tokens; the loss
///                        is their weighted sum
/// @param lossWeights     one for each
/// @param beta            pull towards the reference
/// @param labelSmoothing  share of labels believed to be wrong
/// @param divergence      name of the f-divergence that pulls
/// @param divergenceAlpha α of `alpha_divergence`
/// @param tailWeight      `ld_alpha`: what tokens beyond the shorter completion's length count; 1 for as much as others
/// @param useWeighting    whether each pair's loss is weighted by how likely the policy finds it (WPO)
/// @param discopopTau     temperature of `discopop`
/// @param offset          `odpo_alpha`: lead asked for per unit of a row's `margin`
public record DpoSettings(
        List<String> lossTypes,
        List<Double> lossWeights,
        double beta,
        double labelSmoothing,
        String divergence,
        double divergenceAlpha,
        double tailWeight,
        boolean useWeighting,
        double discopopTau,
        double offset)
        implements MethodSettings {
    /// The loss that is no function of a pair but of chosen tokens alone.
    public static final String SFT = "sft";

    /// What `loss_type` may hold, between commas.
    public static final List<String> LOSS_TYPES =
            Stream.concat(DpoLoss.NAMES.stream(), Stream.of(SFT)).toList();

    public DpoSettings {
        if (lossTypes.size() != lossWeights.size()) {
            throw new WrongInputException("loss_weights has " + lossWeights.size() + " numbers for " + lossTypes.size()
                    + " losses in loss_type");
        }
        if (useWeighting && lossTypes.stream().anyMatch(name -> name.startsWith("aot"))) {
            throw new WrongInputException(
                    "use_weighting weights pairs, and loss_type aot sorts them apart: choose one of the two");
        }
        lossTypes = List.copyOf(lossTypes);
        lossWeights = List.copyOf(lossWeights);
    }

    static DpoSettings read(SettingsReader values) {
        List<String> lossTypes = values.someOf("loss_type", "sigmoid", LOSS_TYPES);
        DpoSettings settings = new DpoSettings(
                lossTypes,
                values.reals("loss_weights", Collections.nCopies(lossTypes.size(), 1.0), 0, 1e6),
                values.real("beta", 0.1, 1e-12, 1e6),
                values.real("label_smoothing", 0, 0, 0.499999),
                values.oneOf("f_divergence_type", "reverse_kl", Divergence.NAMES.toArray(String[]::new)),
                values.real("f_alpha_divergence_coef", 0.5, -100, 100),
                values.real("ld_alpha", 1, 0, 1),
                values.truth("use_weighting", false),
                values.real("discopop_tau", 0.05, 1e-6, 1e6),
                values.real("odpo_alpha", 0, 0, 1e6));
        settings.losses(); // says now what cannot be combined
        return settings;
    }

    /// The losses of pairs, in the order of their names; `sft` is not among them.
    List<DpoLoss> losses() {
        var parameters = new DpoLoss.Parameters(
                beta, labelSmoothing, Divergence.named(divergence, divergenceAlpha), discopopTau, offset);
        try {
            return lossTypes.stream()
                    .filter(name -> !name.equals(SFT))
                    .map(name -> DpoLoss.named(name, parameters))
                    .toList();
        } catch (IllegalArgumentException e) {
            throw new WrongInputException(String.valueOf(e.getMessage()), e);
        }
    }

    /// Their weights, likewise.
    List<Double> pairWeights() {
        return IntStream.range(0, lossTypes.size())
                .filter(i -> !lossTypes.get(i).equals(SFT))
                .mapToObj(lossWeights::get)
                .toList();
    }

    /// How much the negative log-probability of chosen tokens counts.
    double sftWeight() {
        int at = lossTypes.indexOf(SFT);
        return at < 0 ? 0 : lossWeights.get(at);
    }

    @Override
    public void into(JsonObject json) {
        json.addProperty("loss_type", String.join(",", lossTypes));
        json.addProperty(
                "loss_weights", lossWeights.stream().map(String::valueOf).collect(Collectors.joining(",")));
        json.addProperty("beta", beta);
        json.addProperty("label_smoothing", labelSmoothing);
        json.addProperty("f_divergence_type", divergence);
        json.addProperty("f_alpha_divergence_coef", divergenceAlpha);
        json.addProperty("ld_alpha", tailWeight);
        json.addProperty("use_weighting", useWeighting);
        json.addProperty("discopop_tau", discopopTau);
        json.addProperty("odpo_alpha", offset);
    }
}
