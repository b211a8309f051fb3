package dev.tiebreak.rlhf.model;

import java.util.Map;

/// Writes the expressions of the program text that use weights, which go by their names in the checkpoint; a layer's
/// own without prefix and number. Whether there is a bias follows from the weights that the family lists.
final class WeightText {
    private final Family family;
    private final WeightLayout layout;
    private final Map<String, String> expressions;

    WeightText(Family family, WeightLayout layout) {
        this.family = family;
        this.layout = layout;
        this.expressions = layout.expressions();
    }

    String weight(String name) {
        String expression = expressions.get(name);
        if (expression == null) {
            throw new IllegalArgumentException("the model has no weight " + name);
        }
        return expression;
    }

    boolean has(String name) {
        return expressions.containsKey(name);
    }

    /// A linear layer applied to `input`, with its adapter where it carries one: the one place where a projection is
    /// written.
    String linear(String module, String input) {
        if (!layout.adapted().contains(module)) {
            return plain(module, input);
        }
        String adapter =
                weight(module + ".lora_A") + ", " + weight(module + ".lora_B") + ", " + weight(module + ".scale");
        if (!layout.dora()) {
            return "(" + plain(module, input) + " + self.low_rank(" + input + ", " + adapter + "))";
        }
        String bias = has(module + ".bias") ? " + self.half(" + weight(module + ".bias") + ")" : "";
        return "(self.dora(%s, %s, %s, %s)%s)"
                .formatted(input, weight(module + ".weight"), adapter, weight(module + ".lora_magnitude_vector"), bias);
    }

    private String plain(String module, String input) {
        String method = family.storesTransposed() ? "conv1d" : has(module + ".bias") ? "affine" : "linear";
        return "self." + method + arguments(module, input);
    }

    String norm(String module, String input) {
        return "self." + (has(module + ".bias") ? "layer_norm" : "norm") + arguments(module, input);
    }

    /// The norm where the family has it, else the input itself.
    String normIfAny(String module, String input) {
        return has(module + ".weight") ? norm(module, input) : input;
    }

    private String arguments(String module, String input) {
        String bias = has(module + ".bias") ? ", " + weight(module + ".bias") : "";
        return "(" + input + ", " + weight(module + ".weight") + bias + ")";
    }
}
