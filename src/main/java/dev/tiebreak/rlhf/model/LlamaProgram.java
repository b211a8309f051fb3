package dev.tiebreak.rlhf.model;

import java.util.List;
import java.util.Map;

/// Writes the TorchScript text of a Llama-family model from its configuration.
///
/// Sequences come packed: linear layers see all tokens at once, attention runs per sequence. Weights are bound once,
/// in the order of [WeightShape#of]. On a GPU the text casts fp32 master weights to bf16 layer by layer and keeps
/// norms, rotary angles, softmax and log-probabilities in fp32; on the CPU everything is fp32.
public final class LlamaProgram {
    /// Attributes that start as empty lists: the weights, and the keys and values of the generation cache per layer.
    public static final List<String> LIST_ATTRIBUTES = List.of("w", "keys", "values");

    private LlamaProgram() {}

    /// @param halfPrecision whether matrix products run in bf16
    public static String text(ModelConfig config, boolean halfPrecision) {
        boolean grouped = config.keyValueHeads() < config.heads();
        var values = Map.ofEntries(
                Map.entry("H", "" + config.hidden()),
                Map.entry("QUERY_HEADS", "" + config.heads()),
                Map.entry("KV_HEADS", "" + config.keyValueHeads()),
                Map.entry("WIDTH", "" + config.headWidth()),
                Map.entry("HALF_WIDTH", "" + config.headWidth() / 2),
                Map.entry("EPS", "" + config.normEpsilon()),
                Map.entry("LAYERS", "" + config.layers()),
                Map.entry("PER_LAYER", "" + WeightShape.PER_LAYER),
                Map.entry("NORM", "" + (1 + WeightShape.PER_LAYER * config.layers())),
                Map.entry("HEAD", "" + headIndex(config)),
                Map.entry("GQA", grouped ? "True" : "False"));
        String text = PREAMBLE + TRUNK + HEADS + GENERATION;
        for (var value : values.entrySet()) {
            text = text.replace("<" + value.getKey() + ">", value.getValue());
        }
        return text.replace("<HALF>", halfPrecision ? "torch.to(x, 15)" : "x");
    }

    private static int headIndex(ModelConfig config) {
        boolean embedding = config.head() == Head.LANGUAGE && config.tied();
        return embedding ? 0 : 2 + WeightShape.PER_LAYER * config.layers();
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
                return self.half(torch.rms_norm(torch.to(x, 6), [<H>], w, <EPS>))
              def linear(self: __torch__.Ops, x: Tensor, w: Tensor) -> Tensor:
                return torch.linear(x, self.half(w))
            """;

    private static final String TRUNK = """
              def angles(self: __torch__.Ops, positions: Tensor, frequencies: Tensor) -> Tensor:
                a = torch.outer(torch.to(positions, 6), frequencies)
                return torch.unsqueeze(torch.cat([a, a], 1), 1)
              def rotate(self: __torch__.Ops, x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
                first = torch.slice(x, 2, 0, <HALF_WIDTH>)
                second = torch.slice(x, 2, <HALF_WIDTH>, <WIDTH>)
                return x * cos + torch.cat([torch.neg(second), first], 2) * sin
              def qkv(self: __torch__.Ops, x: Tensor, cos: Tensor, sin: Tensor, i: int) -> Tuple[Tensor, Tensor, Tensor]:
                t = torch.size(x, 0)
                h = self.norm(x, self.w[i])
                q = torch.view(self.linear(h, self.w[i + 1]), [t, <QUERY_HEADS>, <WIDTH>])
                k = torch.view(self.linear(h, self.w[i + 2]), [t, <KV_HEADS>, <WIDTH>])
                v = torch.view(self.linear(h, self.w[i + 3]), [t, <KV_HEADS>, <WIDTH>])
                return (self.rotate(q, cos, sin), self.rotate(k, cos, sin), v)
              def segment(self: __torch__.Ops, x: Tensor, start: int, end: int) -> Tensor:
                return torch.unsqueeze(torch.transpose(torch.slice(x, 0, start, end), 0, 1), 0)
              def attend(self: __torch__.Ops, q: Tensor, k: Tensor, v: Tensor, bounds: List[int]) -> Tensor:
                parts = annotate(List[Tensor], [])
                for s in range(torch.len(bounds) - 1):
                  a = bounds[s]
                  b = bounds[s + 1]
                  o = torch.scaled_dot_product_attention(self.segment(q, a, b), self.segment(k, a, b), self.segment(v, a, b), None, 0., True, scale=None, enable_gqa=<GQA>)
                  _0 = torch.append(parts, torch.reshape(torch.transpose(torch.squeeze(o, 0), 0, 1), [b - a, <QUERY_HEADS> * <WIDTH>]))
                return torch.cat(parts, 0)
              def after(self: __torch__.Ops, x: Tensor, attended: Tensor, i: int) -> Tensor:
                y = x + self.linear(attended, self.w[i + 4])
                h = self.norm(y, self.w[i + 5])
                gated = torch.silu(self.linear(h, self.w[i + 6])) * self.linear(h, self.w[i + 7])
                return y + self.linear(gated, self.w[i + 8])
              def trunk(self: __torch__.Ops, tokens: Tensor, positions: Tensor, frequencies: Tensor, bounds: List[int]) -> Tensor:
                angles = self.angles(positions, frequencies)
                cos = self.half(torch.cos(angles))
                sin = self.half(torch.sin(angles))
                x = self.half(torch.embedding(self.w[0], tokens))
                for layer in range(<LAYERS>):
                  i = 1 + layer * <PER_LAYER>
                  q, k, v, = self.qkv(x, cos, sin, i)
                  x = self.after(x, self.attend(q, k, v, bounds), i)
                return self.norm(x, self.w[<NORM>])
              def hidden(self: __torch__.Ops, tokens: Tensor, positions: Tensor, frequencies: Tensor, bounds: List[int], select: Tensor) -> Tensor:
                return torch.index_select(self.trunk(tokens, positions, frequencies, bounds), 0, select)
            """;

    private static final String HEADS = """
              def scores(self: __torch__.Ops, h: Tensor) -> Tensor:
                return torch.squeeze(torch.linear(torch.to(h, 6), self.w[<HEAD>]), 1)
              def logits(self: __torch__.Ops, h: Tensor) -> Tensor:
                return torch.to(self.linear(h, self.w[<HEAD>]), 6)
              def log_probs(self: __torch__.Ops, h: Tensor, targets: Tensor, chunk: int) -> Tensor:
                w = self.half(self.w[<HEAD>])
                n = torch.size(h, 0)
                parts = annotate(List[Tensor], [])
                for c in range(torch.floordiv(n + chunk - 1, chunk)):
                  z = torch.to(torch.linear(torch.slice(h, 0, c * chunk, (c + 1) * chunk), w), 6)
                  t = torch.slice(targets, 0, c * chunk, (c + 1) * chunk)
                  lse = torch.logsumexp(z, [1])
                  p = torch.exp(z - torch.unsqueeze(lse, 1))
                  entropy = lse - torch.sum(p * z, [1])
                  chosen = torch.squeeze(torch.gather(z, 1, torch.unsqueeze(t, 1)), 1)
                  right = torch.to(torch.eq(torch.argmax(z, 1), t), 6)
                  _0 = torch.append(parts, torch.stack([chosen - lse, torch.mean(z, [1]), entropy, right]))
                return torch.cat(parts, 1)
              def log_prob_gradients(self: __torch__.Ops, h: Tensor, targets: Tensor, d: Tensor, chunk: int) -> List[Tensor]:
                w = self.half(self.w[<HEAD>])
                n = torch.size(h, 0)
                gw = torch.zeros_like(self.w[<HEAD>])
                parts = annotate(List[Tensor], [])
                for c in range(torch.floordiv(n + chunk - 1, chunk)):
                  hc = torch.slice(h, 0, c * chunk, (c + 1) * chunk)
                  z = torch.to(torch.linear(hc, w), 6)
                  t = torch.unsqueeze(torch.slice(targets, 0, c * chunk, (c + 1) * chunk), 1)
                  dc = torch.unsqueeze(torch.slice(d, 0, c * chunk, (c + 1) * chunk), 1)
                  g = torch.softmax(z, 1) * torch.neg(dc)
                  _1 = torch.scatter_add_(g, 1, t, dc)
                  gc = self.half(g)
                  _2 = torch.append(parts, torch.matmul(gc, w))
                  _3 = torch.add_(gw, torch.to(torch.matmul(torch.t(gc), hc), 6))
                return [torch.cat(parts, 0), gw]
            """;

    private static final String GENERATION = """
              def prefill(self: __torch__.Ops, tokens: Tensor, positions: Tensor, frequencies: Tensor, bounds: List[int], capacity: int) -> Tensor:
                angles = self.angles(positions, frequencies)
                cos = self.half(torch.cos(angles))
                sin = self.half(torch.sin(angles))
                x = self.half(torch.embedding(self.w[0], tokens))
                rows = torch.len(bounds) - 1
                keys = annotate(List[Tensor], [])
                values = annotate(List[Tensor], [])
                for layer in range(<LAYERS>):
                  i = 1 + layer * <PER_LAYER>
                  q, k, v, = self.qkv(x, cos, sin, i)
                  ck = torch.new_zeros(k, [rows, <KV_HEADS>, capacity, <WIDTH>])
                  cv = torch.new_zeros(v, [rows, <KV_HEADS>, capacity, <WIDTH>])
                  for s in range(rows):
                    a = bounds[s]
                    b = bounds[s + 1]
                    _0 = torch.copy_(torch.slice(torch.slice(ck, 0, s, s + 1), 2, 0, b - a), self.segment(k, a, b))
                    _1 = torch.copy_(torch.slice(torch.slice(cv, 0, s, s + 1), 2, 0, b - a), self.segment(v, a, b))
                  _2 = torch.append(keys, ck)
                  _3 = torch.append(values, cv)
                  x = self.after(x, self.attend(q, k, v, bounds), i)
                self.keys = keys
                self.values = values
                last = annotate(List[Tensor], [])
                for s in range(rows):
                  _4 = torch.append(last, torch.slice(x, 0, bounds[s + 1] - 1, bounds[s + 1]))
                return self.logits(self.norm(torch.cat(last, 0), self.w[<NORM>]))
              def step(self: __torch__.Ops, tokens: Tensor, positions: Tensor, frequencies: Tensor, used: int) -> Tensor:
                rows = torch.size(tokens, 0)
                angles = self.angles(positions, frequencies)
                cos = self.half(torch.cos(angles))
                sin = self.half(torch.sin(angles))
                x = self.half(torch.embedding(self.w[0], tokens))
                where = torch.expand(torch.view(positions, [rows, 1, 1, 1]), [rows, <KV_HEADS>, 1, <WIDTH>])
                seen = torch.le(torch.unsqueeze(torch.arange(used, dtype=4, layout=None, device=ops.prim.device(tokens)), 0), torch.unsqueeze(positions, 1))
                mask = torch.view(seen, [rows, 1, 1, used])
                for layer in range(<LAYERS>):
                  i = 1 + layer * <PER_LAYER>
                  q, k, v, = self.qkv(x, cos, sin, i)
                  _0 = torch.scatter_(self.keys[layer], 2, where, torch.unsqueeze(k, 2))
                  _1 = torch.scatter_(self.values[layer], 2, where, torch.unsqueeze(v, 2))
                  ck = torch.slice(self.keys[layer], 2, 0, used)
                  cv = torch.slice(self.values[layer], 2, 0, used)
                  o = torch.scaled_dot_product_attention(torch.unsqueeze(q, 2), ck, cv, mask, 0., False, scale=None, enable_gqa=<GQA>)
                  x = self.after(x, torch.reshape(o, [rows, <QUERY_HEADS> * <WIDTH>]), i)
                return self.logits(self.norm(x, self.w[<NORM>]))
              def keep(self: __torch__.Ops, rows: Tensor) -> Tensor:
                for layer in range(<LAYERS>):
                  _0 = torch._set_item(self.keys, layer, torch.index_select(self.keys[layer], 0, rows))
                  _1 = torch._set_item(self.values, layer, torch.index_select(self.values[layer], 0, rows))
                return rows
              def forget(self: __torch__.Ops) -> Tensor:
                self.keys = annotate(List[Tensor], [])
                self.values = annotate(List[Tensor], [])
                return self.w[0]
              def pick(self: __torch__.Ops, z: Tensor, u: Tensor, temperature: float, top_k: int, top_p: float) -> Tensor:
                scaled = torch.div(z, temperature)
                v = torch.size(z, 1)
                k = v
                if torch.gt(top_k, 0):
                  k = ops.prim.min(top_k, v)
                head = k
                if torch.lt(top_p, 1.):
                  head = ops.prim.min(k, 128)
                best, ids = torch.topk(scaled, head, 1, True, True)
                if torch.gt(k, head):
                  lse = torch.logsumexp(torch.topk(scaled, k, 1, True, False)[0], [1], True)
                  covered = torch.sum(torch.exp(best - lse), [1])
                  if torch.lt(float(torch.min(covered)), top_p):
                    best, ids = torch.topk(scaled, k, 1, True, True)
                else:
                  lse = torch.logsumexp(best, [1], True)
                p = torch.exp(best - lse)
                before = torch.cumsum(p, 1) - p
                p = p * torch.to(torch.lt(before, top_p), 6)
                total = torch.cumsum(p, 1)
                limit = torch.unsqueeze(u, 1) * torch.slice(total, 1, torch.size(total, 1) - 1, torch.size(total, 1))
                chosen = torch.sum(torch.to(torch.le(total, limit), 4), [1], True)
                last = torch.sum(torch.to(torch.gt(p, 0.), 4), [1], True) - 1
                return torch.squeeze(torch.gather(ids, 1, torch.minimum(chosen, last)), 1)
              def choose(self: __torch__.Ops, z: Tensor, u: Tensor, temperature: float, top_k: int, top_p: float) -> Tensor:
                if torch.gt(temperature, 0.):
                  t = self.pick(z, u, temperature, top_k, top_p)
                else:
                  t = torch.argmax(z, 1)
                return t
              def continue_rows(self: __torch__.Ops, tokens: Tensor, positions: Tensor, frequencies: Tensor, used: int, uniforms: Tensor, temperature: float, top_k: int, top_p: float) -> Tensor:
                t = tokens
                made = annotate(List[Tensor], [])
                for n in range(torch.size(uniforms, 0)):
                  z = self.step(t, positions + n, frequencies, used + n)
                  t = self.choose(z, torch.select(uniforms, 0, n), temperature, top_k, top_p)
                  _0 = torch.append(made, t)
                return torch.stack(made)
            """;
}
