package dev.tiebreak.rlhf.model;

/// The text of writing token by token: the cache of keys and values, and the choice of a token.
final class GenerationText {
    private GenerationText() {}

    static String of() {
        return CACHE + CHOICE + LOOP;
    }

    /// Of one token a row, the query heads that share keys stand where queries of several tokens would, so that no key
    /// is
    /// copied for each of them.
    private static final String CACHE = """
              def prefill(self: __torch__.Ops, tokens: Tensor, positions: Tensor, bounds: List[int], capacity: int) -> Tensor:
                turns = self.turns(positions)
                x = self.embed(tokens, positions)
                rows = torch.len(bounds) - 1
                keys = annotate(List[Tensor], [])
                values = annotate(List[Tensor], [])
                for layer in range(<LAYERS>):
                  i = <FIRST> + layer * <PER_LAYER>
                  q, k, v, = self.qkv(x, turns, i)
                  ck = torch.new_zeros(k, [rows, <KV_HEADS>, capacity, <WIDTH>])
                  cv = torch.new_zeros(v, [rows, <KV_HEADS>, capacity, <WIDTH>])
                  for s in range(rows):
                    a = bounds[s]
                    b = bounds[s + 1]
                    _0 = torch.copy_(torch.slice(torch.slice(ck, 0, s, s + 1), 2, 0, b - a), self.segment(k, a, b))
                    _1 = torch.copy_(torch.slice(torch.slice(cv, 0, s, s + 1), 2, 0, b - a), self.segment(v, a, b))
                  _2 = torch.append(keys, ck)
                  _3 = torch.append(values, cv)
                  x = self.after(x, self.attend(q, k, v, bounds, annotate(List[int], []), self.window(layer)), i)
                self.keys = keys
                self.values = values
                last = annotate(List[Tensor], [])
                for s in range(rows):
                  _4 = torch.append(last, torch.slice(x, 0, bounds[s + 1] - 1, bounds[s + 1]))
                return self.logits(self.final(torch.cat(last, 0)))
              def step(self: __torch__.Ops, tokens: Tensor, positions: Tensor, used: int) -> Tensor:
                rows = torch.size(tokens, 0)
                turns = self.turns(positions)
                x = self.embed(tokens, positions)
                where = torch.expand(torch.view(positions, [rows, 1, 1, 1]), [rows, <KV_HEADS>, 1, <WIDTH>])
                back = torch.unsqueeze(positions, 1) - torch.unsqueeze(torch.arange(used, dtype=4, layout=None, device=ops.prim.device(tokens)), 0)
                seen = torch.view(torch.ge(back, 0), [rows, 1, 1, used])
                for layer in range(<LAYERS>):
                  i = <FIRST> + layer * <PER_LAYER>
                  q, k, v, = self.qkv(x, turns, i)
                  _0 = torch.scatter_(self.keys[layer], 2, where, torch.unsqueeze(k, 2))
                  _1 = torch.scatter_(self.values[layer], 2, where, torch.unsqueeze(v, 2))
                  ck = torch.slice(self.keys[layer], 2, 0, used)
                  cv = torch.slice(self.values[layer], 2, 0, used)
                  grouped = torch.reshape(q, [rows, <KV_HEADS>, <GROUP>, <WIDTH>])
                  o = self.weigh_last(grouped, ck, cv, self.near(seen, back, self.window(layer)))
                  x = self.after(x, torch.reshape(o, [rows, <QUERY_HEADS> * <WIDTH>]), i)
                return self.logits(self.final(x))
              def keep(self: __torch__.Ops, rows: Tensor) -> Tensor:
                for layer in range(<LAYERS>):
                  _0 = torch._set_item(self.keys, layer, torch.index_select(self.keys[layer], 0, rows))
                  _1 = torch._set_item(self.values, layer, torch.index_select(self.values[layer], 0, rows))
                return rows
              def forget(self: __torch__.Ops) -> Tensor:
                self.keys = annotate(List[Tensor], [])
                self.values = annotate(List[Tensor], [])
                return self.w[0]
            """;

    private static final String CHOICE = """
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
            """;

    private static final String LOOP = """
              def continue_rows(self: __torch__.Ops, tokens: Tensor, positions: Tensor, used: int, uniforms: Tensor, temperature: float, top_k: int, top_p: float) -> Tensor:
                t = tokens
                made = annotate(List[Tensor], [])
                for n in range(torch.size(uniforms, 0)):
                  z = self.step(t, positions + n, used + n)
                  t = self.choose(z, torch.select(uniforms, 0, n), temperature, top_k, top_p)
                  _0 = torch.append(made, t)
                return torch.stack(made)
            """;
}
