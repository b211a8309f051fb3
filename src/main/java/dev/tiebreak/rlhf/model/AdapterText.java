package dev.tiebreak.rlhf.model;

/// The text of projections that carry a low-rank adapter. Weights are looked at as `[out, in]` whichever way round they
/// are stored; DoRA's norms are constants to the backward pass, as its authors have it (their equation 11).
final class AdapterText {
    private AdapterText() {}

    static String of(boolean dora, boolean transposed) {
        return (LOW_RANK + (dora ? DORA : MERGED)).replace("<UPRIGHT>", transposed ? "torch.t(w)" : "w");
    }

    private static final String LOW_RANK = """
              def upright(self: __torch__.Ops, w: Tensor) -> Tensor:
                return <UPRIGHT>
              def low_rank(self: __torch__.Ops, x: Tensor, a: Tensor, b: Tensor, s: Tensor) -> Tensor:
                return torch.linear(self.half(torch.linear(x, self.half(a)) * s), self.half(b))
              def sum(self: __torch__.Ops, w: Tensor, a: Tensor, b: Tensor, s: Tensor) -> Tensor:
                return self.upright(w) + torch.matmul(b, a) * s
            """;

    private static final String MERGED = """
              def merged(self: __torch__.Ops, w: Tensor, a: Tensor, b: Tensor, s: Tensor) -> Tensor:
                return torch.contiguous(self.upright(self.sum(w, a, b, s)))
            """;

    private static final String DORA = """
              def stretch(self: __torch__.Ops, w: Tensor, a: Tensor, b: Tensor, s: Tensor, m: Tensor) -> Tensor:
                sum = self.sum(torch.detach(w), torch.detach(a), torch.detach(b), s)
                return m / torch.sqrt(torch.sum(sum * sum, [1]))
              def dora(self: __torch__.Ops, x: Tensor, w: Tensor, a: Tensor, b: Tensor, s: Tensor, m: Tensor) -> Tensor:
                y = torch.linear(x, self.half(self.upright(w))) + self.low_rank(x, a, b, s)
                return self.half(torch.to(y, 6) * self.stretch(w, a, b, s, m))
              def merged(self: __torch__.Ops, w: Tensor, a: Tensor, b: Tensor, s: Tensor, m: Tensor) -> Tensor:
                sum = self.sum(w, a, b, s) * torch.unsqueeze(self.stretch(w, a, b, s, m), 1)
                return torch.contiguous(self.upright(sum))
            """;
}
