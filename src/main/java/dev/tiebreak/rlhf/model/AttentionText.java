package dev.tiebreak.rlhf.model;

import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The text of attention: every sequence of the pack sees itself and what stands before it, as far as the layer's
/// window reaches.
final class AttentionText {
    private AttentionText() {}

    static String of(ModelConfig config) {
        OptionalDouble cap = config.family().attentionCap();
        return windowText(config)
                + (cap.isPresent() ? CAPPED.replace("<CAP>", "" + cap.getAsDouble()) : FUSED)
                        .replace("<SCALE>", "" + config.family().attentionScale(config))
                        .replace("<GROUP>", "" + config.heads() / config.keyValueHeads())
                        .replace("<GQA>", config.keyValueHeads() < config.heads() ? "True" : "False")
                + PACKED;
    }

    private static String windowText(ModelConfig config) {
        if (config.window().isEmpty()) {
            return UNBOUND;
        }
        SlidingWindow window = config.window().get();
        String windows = IntStream.range(0, config.layers())
                .mapToObj(layer -> "" + window.of(layer))
                .collect(Collectors.joining(", "));
        return BOUND.replace("<WINDOWS>", windows);
    }

    private static final String UNBOUND = """
              def window(self: __torch__.Ops, n: int) -> int:
                return 0
              def near(self: __torch__.Ops, seen: Tensor, back: Tensor, window: int) -> Tensor:
                return seen
            """;

    /// `back` `[.., keys]` is how far each key lies before the query.
    private static final String BOUND = """
              def window(self: __torch__.Ops, n: int) -> int:
                windows = [<WINDOWS>]
                return windows[n]
              def near(self: __torch__.Ops, seen: Tensor, back: Tensor, window: int) -> Tensor:
                near = seen
                if torch.gt(window, 0):
                  near = torch.logical_and(seen, torch.view(torch.lt(back, window), torch.size(seen)))
                return near
            """;

    private static final String FUSED = """
              def weigh(self: __torch__.Ops, q: Tensor, k: Tensor, v: Tensor, mask: Tensor) -> Tensor:
                return torch.scaled_dot_product_attention(q, k, v, mask, 0., False, scale=<SCALE>, enable_gqa=<GQA>)
              def causal(self: __torch__.Ops, q: Tensor, k: Tensor, v: Tensor, window: int) -> Tensor:
                if torch.gt(torch.size(q, 2), window) and torch.gt(window, 0):
                  o = self.weigh(q, k, v, self.band(q, window))
                else:
                  o = torch.scaled_dot_product_attention(q, k, v, None, 0., True, scale=<SCALE>, enable_gqa=<GQA>)
                return o
            """;

    /// No fused kernel bends scores, so they are written out, one sequence at a time.
    private static final String CAPPED = """
              def weigh(self: __torch__.Ops, q: Tensor, k: Tensor, v: Tensor, mask: Tensor) -> Tensor:
                keys = torch.repeat_interleave(k, <GROUP>, 1)
                z = torch.to(torch.matmul(q, torch.transpose(keys, 2, 3)), 6) * <SCALE>
                z = <CAP> * torch.tanh(z / <CAP>)
                p = torch.softmax(torch.masked_fill(z, torch.logical_not(mask), -inf), 3)
                return torch.matmul(self.half(p), torch.repeat_interleave(v, <GROUP>, 1))
              def causal(self: __torch__.Ops, q: Tensor, k: Tensor, v: Tensor, window: int) -> Tensor:
                return self.weigh(q, k, v, self.band(q, window))
            """;

    private static final String PACKED = """
              def band(self: __torch__.Ops, q: Tensor, window: int) -> Tensor:
                t = torch.size(q, 2)
                at = torch.arange(t, dtype=4, layout=None, device=ops.prim.device(q))
                back = torch.unsqueeze(at, 1) - torch.unsqueeze(at, 0)
                return self.near(torch.ge(back, 0), back, window)
              def segment(self: __torch__.Ops, x: Tensor, start: int, end: int) -> Tensor:
                return torch.unsqueeze(torch.transpose(torch.slice(x, 0, start, end), 0, 1), 0)
              def attend(self: __torch__.Ops, q: Tensor, k: Tensor, v: Tensor, bounds: List[int], window: int) -> Tensor:
                parts = annotate(List[Tensor], [])
                for s in range(torch.len(bounds) - 1):
                  a = bounds[s]
                  b = bounds[s + 1]
                  o = self.causal(self.segment(q, a, b), self.segment(k, a, b), self.segment(v, a, b), window)
                  _0 = torch.append(parts, torch.reshape(torch.transpose(torch.squeeze(o, 0), 0, 1), [b - a, <QUERY_HEADS> * <WIDTH>]))
                return torch.cat(parts, 0)
            """;
}
