package dev.tiebreak.rlhf.model;

import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The text of attention: every sequence of the pack sees itself and what stands before it, as far as the layer's
/// window reaches.
final class AttentionText {
    private AttentionText() {}

    /// @param halfPrecision as on a GPU, whose kernels take several query heads to a key head
    static String of(ModelConfig config, boolean halfPrecision) {
        boolean grouped = config.keyValueHeads() < config.heads();
        OptionalDouble cap = config.family().attentionCap();
        return windowText(config)
                + (cap.isPresent() ? CAPPED.replace("<CAP>", "" + cap.getAsDouble()) : FUSED)
                        .replace("<SCALE>", "" + config.family().attentionScale(config))
                        .replace("<SPREAD>", grouped && !halfPrecision ? "torch.repeat_interleave(x, <GROUP>, 1)" : "x")
                        .replace("<GQA>", grouped && halfPrecision ? "True" : "False")
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

    /// On the CPU there is no fused kernel for fewer heads of keys than of queries; copies of the keys are far smaller
    /// than the scores that would be kept without one.
    private static final String FUSED = """
              def spread(self: __torch__.Ops, x: Tensor) -> Tensor:
                return <SPREAD>
              def weigh(self: __torch__.Ops, q: Tensor, k: Tensor, v: Tensor, mask: Tensor) -> Tensor:
                return torch.scaled_dot_product_attention(q, self.spread(k), self.spread(v), mask, 0., False, scale=<SCALE>, enable_gqa=<GQA>)
              def causal(self: __torch__.Ops, q: Tensor, k: Tensor, v: Tensor, window: int) -> Tensor:
                if torch.gt(torch.size(q, 2), window) and torch.gt(window, 0):
                  o = self.weigh(q, k, v, self.band(q, k, window))
                else:
                  o = torch.scaled_dot_product_attention(q, self.spread(k), self.spread(v), None, 0., True, scale=<SCALE>, enable_gqa=<GQA>)
                return o
              def weigh_last(self: __torch__.Ops, q: Tensor, k: Tensor, v: Tensor, mask: Tensor) -> Tensor:
                return torch.scaled_dot_product_attention(q, k, v, mask, 0., False, scale=<SCALE>)
            """;

    /// No fused kernel bends scores, so they are written out, one sequence at a time.
    private static final String CAPPED = """
              def weigh(self: __torch__.Ops, q: Tensor, k: Tensor, v: Tensor, mask: Tensor) -> Tensor:
                keys = torch.repeat_interleave(k, <GROUP>, 1)
                z = torch.to(torch.matmul(q, torch.transpose(keys, 2, 3)), 6) * <SCALE>
                z = <CAP> * torch.tanh(z / <CAP>)
                p = torch.softmax(torch.masked_fill(z, torch.logical_not(mask), -inf), 3)
                return torch.matmul(self.half(p), torch.repeat_interleave(v, <GROUP>, 1))
              def weigh_last(self: __torch__.Ops, q: Tensor, k: Tensor, v: Tensor, mask: Tensor) -> Tensor:
                z = torch.to(torch.matmul(q, torch.transpose(k, 2, 3)), 6) * <SCALE>
                z = <CAP> * torch.tanh(z / <CAP>)
                p = torch.softmax(torch.masked_fill(z, torch.logical_not(mask), -inf), 3)
                return torch.matmul(self.half(p), v)
              def causal(self: __torch__.Ops, q: Tensor, k: Tensor, v: Tensor, window: int) -> Tensor:
                return self.weigh(q, k, v, self.band(q, k, window))
            """;

    /// Queries are the last of the keys. A sequence that shares its beginning with an earlier one brings its own
    /// rows only, and sees those of the beginning before them. `prefixes` holds where each sequence's beginning
    /// starts and ends; it is empty where nothing is shared.
    private static final String PACKED = """
              def band(self: __torch__.Ops, q: Tensor, k: Tensor, window: int) -> Tensor:
                at = torch.arange(torch.size(k, 2), dtype=4, layout=None, device=ops.prim.device(q))
                back = torch.unsqueeze(torch.slice(at, 0, torch.size(k, 2) - torch.size(q, 2)), 1) - torch.unsqueeze(at, 0)
                return self.near(torch.ge(back, 0), back, window)
              def segment(self: __torch__.Ops, x: Tensor, start: int, end: int) -> Tensor:
                return torch.unsqueeze(torch.transpose(torch.slice(x, 0, start, end), 0, 1), 0)
              def after_prefix(self: __torch__.Ops, x: Tensor, start: int, end: int, a: int, b: int) -> Tensor:
                return torch.cat([self.segment(x, start, end), self.segment(x, a, b)], 2)
              def attend(self: __torch__.Ops, q: Tensor, k: Tensor, v: Tensor, bounds: List[int], prefixes: List[int], window: int) -> Tensor:
                parts = annotate(List[Tensor], [])
                for s in range(torch.len(bounds) - 1):
                  a = bounds[s]
                  b = bounds[s + 1]
                  start = 0
                  end = 0
                  if torch.gt(torch.len(prefixes), 0):
                    start = prefixes[2 * s]
                    end = prefixes[2 * s + 1]
                  if torch.gt(end, start):
                    keys = self.after_prefix(k, start, end, a, b)
                    queries = self.segment(q, a, b)
                    o = self.weigh(queries, keys, self.after_prefix(v, start, end, a, b), self.band(queries, keys, window))
                  else:
                    o = self.causal(self.segment(q, a, b), self.segment(k, a, b), self.segment(v, a, b), window)
                  _0 = torch.append(parts, torch.reshape(torch.transpose(torch.squeeze(o, 0), 0, 1), [b - a, <QUERY_HEADS> * <WIDTH>]))
                return torch.cat(parts, 0)
            """;
}
