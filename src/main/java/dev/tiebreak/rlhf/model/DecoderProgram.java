package dev.tiebreak.rlhf.model;

import java.util.List;
import java.util.Map;

/// Writes the TorchScript text of a decoder from its configuration.
///
/// Sequences come packed: linear layers see all tokens at once, attention runs per sequence. Weights are bound once, in
/// the order of [WeightShape#of], and the rotary frequencies after them. On a GPU the text casts fp32 master weights to
/// bf16 layer by layer and keeps norms, rotary angles, softmax and log-probabilities in fp32; on the CPU everything is
/// fp32.
///
/// The trunk is `turns(positions)` once, `embed(tokens, positions)`, `layer(x, turns, bounds, prefixes, n)` for each
/// layer n, and
/// `final(x)`; each can be called alone.
public final class DecoderProgram {
    /// Attributes that start as empty lists: the weights, and the keys and values of the generation cache per layer.
    public static final List<String> LIST_ATTRIBUTES = List.of("w", "keys", "values");

    private DecoderProgram() {}

    /// @param halfPrecision whether matrix products run in bf16
    public static String text(ModelConfig config, boolean halfPrecision) {
        return text(config, WeightLayout.of(config), halfPrecision);
    }

    static String text(ModelConfig config, WeightLayout layout, boolean halfPrecision) {
        Family family = config.family();
        WeightText weights = new WeightText(family, layout);
        String text = PREAMBLE
                + (config.rotary().isPresent() ? ROTARY : UNTURNED)
                + (layout.adapted().isEmpty() ? "" : AdapterText.of(layout.dora(), family.storesTransposed()))
                + AttentionText.of(config, halfPrecision)
                + family.embedText(weights, config, halfPrecision)
                + family.layerText(weights)
                + TRUNK
                + HeadText.of(family.logitCap(), halfPrecision)
                + GenerationText.of();
        var values = Map.ofEntries(
                Map.entry("QUERY_HEADS", "" + config.heads()),
                Map.entry("KV_HEADS", "" + config.keyValueHeads()),
                Map.entry("GROUP", "" + config.heads() / config.keyValueHeads()),
                Map.entry("WIDTH", "" + config.headWidth()),
                Map.entry("HALF_WIDTH", "" + config.headWidth() / 2),
                Map.entry("EPS", "" + config.normEpsilon()),
                Map.entry("NORM_WEIGHT", family.storesNormsLessOne() ? "1. + w" : "w"),
                Map.entry("LAYERS", "" + config.layers()),
                Map.entry("FIRST", "" + layout.firstOfLayers()),
                Map.entry("PER_LAYER", "" + layout.perLayer()),
                Map.entry(
                        "FINAL",
                        weights.norm(family.finalNorm(config).getFirst().module(), "x")),
                Map.entry("HEAD", weights.weight(layout.headName())),
                Map.entry("FREQUENCIES", "self.w[" + layout.size() + "]"),
                Map.entry("HALF", halfPrecision ? "torch.to(x, 15)" : "x"));
        for (var value : values.entrySet()) {
            text = text.replace("<" + value.getKey() + ">", value.getValue());
        }
        return text;
    }

    private static final String PREAMBLE = """
            class Ops(Module):
              __parameters__ = []
              __buffers__ = []
              training : bool
              w : List[Tensor]
              keys : List[Tensor]
              values : List[Tensor]
              def bind(self: __torch__.Ops, w: List[Tensor]) -> Tensor:
                self.w = w
                return w[0]
              def half(self: __torch__.Ops, x: Tensor) -> Tensor:
                return <HALF>
              def norm(self: __torch__.Ops, x: Tensor, w: Tensor) -> Tensor:
                return self.half(torch.rms_norm(torch.to(x, 6), torch.size(w), <NORM_WEIGHT>, <EPS>))
              def layer_norm(self: __torch__.Ops, x: Tensor, w: Tensor, b: Tensor) -> Tensor:
                return self.half(torch.layer_norm(torch.to(x, 6), torch.size(w), w, b, <EPS>))
              def linear(self: __torch__.Ops, x: Tensor, w: Tensor) -> Tensor:
                return torch.linear(x, self.half(w))
              def affine(self: __torch__.Ops, x: Tensor, w: Tensor, b: Tensor) -> Tensor:
                return torch.linear(x, self.half(w), self.half(b))
              def conv1d(self: __torch__.Ops, x: Tensor, w: Tensor, b: Tensor) -> Tensor:
                return torch.addmm(self.half(b), x, self.half(w))
            """;

    /// `turns` holds cosines and sines, `[2, T, 1, width]`.
    private static final String ROTARY = """
              def turns(self: __torch__.Ops, positions: Tensor) -> Tensor:
                a = torch.outer(torch.to(positions, 6), <FREQUENCIES>)
                angles = torch.unsqueeze(torch.cat([a, a], 1), 1)
                return self.half(torch.stack([torch.cos(angles), torch.sin(angles)]))
              def rotate(self: __torch__.Ops, x: Tensor, turns: Tensor) -> Tensor:
                first = torch.slice(x, 2, 0, <HALF_WIDTH>)
                second = torch.slice(x, 2, <HALF_WIDTH>, <WIDTH>)
                return x * turns[0] + torch.cat([torch.neg(second), first], 2) * turns[1]
            """;

    private static final String UNTURNED = """
              def turns(self: __torch__.Ops, positions: Tensor) -> Tensor:
                return positions
            """;

    private static final String TRUNK = """
              def layer(self: __torch__.Ops, x: Tensor, turns: Tensor, bounds: List[int], prefixes: List[int], n: int) -> Tensor:
                i = <FIRST> + n * <PER_LAYER>
                q, k, v, = self.qkv(x, turns, i)
                return self.after(x, self.attend(q, k, v, bounds, prefixes, self.window(n)), i)
              def final(self: __torch__.Ops, x: Tensor) -> Tensor:
                return <FINAL>
              def output(self: __torch__.Ops, x: Tensor, select: Tensor) -> Tensor:
                return self.final(torch.index_select(x, 0, select))
              def hidden(self: __torch__.Ops, tokens: Tensor, positions: Tensor, bounds: List[int], prefixes: List[int], select: Tensor) -> Tensor:
                turns = self.turns(positions)
                x = self.embed(tokens, positions)
                for n in range(<LAYERS>):
                  x = self.layer(x, turns, bounds, prefixes, n)
                return self.output(x, select)
            """;
}
