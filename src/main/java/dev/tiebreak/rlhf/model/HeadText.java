package dev.tiebreak.rlhf.model;

import java.util.OptionalDouble;

/// The text of what turns the trunk's output into scores, logits, log-probabilities and their gradient.
final class HeadText {
    private HeadText() {}

    static String of(OptionalDouble logitCap, boolean halfPrecision) {
        String capped = logitCap.isPresent() ? "%1$s * torch.tanh(z / %1$s)".formatted(logitCap.getAsDouble()) : "z";
        String uncapped = logitCap.isPresent()
                ? "g * (1. - torch.pow(z / %s, 2))".formatted(logitCap.getAsDouble()) // z is capped: 1 − tanh²
                : "g";
        return TEXT.replace("<CAPPED>", capped)
                .replace("<UNCAPPED>", uncapped)
                .replace("<ADD_PRODUCT>", addProduct(halfPrecision));
    }

    private static String addProduct(boolean halfPrecision) {
        return halfPrecision
                ? "torch.add_(gw, torch.to(torch.matmul(torch.t(gc), hc), 6))"
                : "torch.addmm_(gw, torch.t(gc), hc)"; // a product of the head's size less
    }

    private static final String TEXT = """
              def cap(self: __torch__.Ops, z: Tensor) -> Tensor:
                return <CAPPED>
              def uncap(self: __torch__.Ops, g: Tensor, z: Tensor) -> Tensor:
                return <UNCAPPED>
              def scores(self: __torch__.Ops, h: Tensor) -> Tensor:
                return torch.squeeze(torch.linear(torch.to(h, 6), <HEAD>), 1)
              def logits(self: __torch__.Ops, h: Tensor) -> Tensor:
                return self.cap(torch.to(torch.linear(h, self.half(<HEAD>)), 6))
              def some_logits(self: __torch__.Ops, h: Tensor, begin: int, end: int) -> Tensor:
                return self.logits(torch.slice(h, 0, begin, end))
              def divergence(self: __torch__.Ops, h: Tensor, begin: int, end: int, other: Tensor) -> Tensor:
                p = torch.log_softmax(self.some_logits(h, begin, end), 1)
                return torch.sum(torch.exp(p) * (p - torch.log_softmax(other, 1)), [1])
              def log_probs(self: __torch__.Ops, h: Tensor, targets: Tensor, chunk: int, squares: bool) -> Tensor:
                w = self.half(<HEAD>)
                n = torch.size(h, 0)
                parts = annotate(List[Tensor], [])
                for c in range(torch.floordiv(n + chunk - 1, chunk)):
                  z = self.cap(torch.to(torch.linear(torch.slice(h, 0, c * chunk, (c + 1) * chunk), w), 6))
                  t = torch.slice(targets, 0, c * chunk, (c + 1) * chunk)
                  lse = torch.logsumexp(z, [1])
                  p = torch.exp_(z - torch.unsqueeze(lse, 1))
                  chosen = torch.squeeze(torch.gather(z, 1, torch.unsqueeze(t, 1)), 1)
                  right = torch.to(torch.eq(torch.argmax(z, 1), t), 6)
                  collisions = annotate(List[Tensor], [])
                  if squares:
                    _0 = torch.append(collisions, torch.log(torch.sum(p * p, [1])))
                  entropy = lse - torch.sum(torch.mul_(p, z), [1])
                  rows = torch.add([chosen - lse, torch.mean(z, [1]), entropy, right], collisions)
                  _1 = torch.append(parts, torch.stack(rows))
                return torch.cat(parts, 1)
              def log_prob_gradients(self: __torch__.Ops, h: Tensor, targets: Tensor, d: Tensor, chunk: int, learns: bool) -> List[Tensor]:
                w = self.half(<HEAD>)
                n = torch.size(h, 0)
                gw = torch.new_zeros(<HEAD>, [0])
                if learns:
                  gw = torch.zeros_like(<HEAD>)
                parts = annotate(List[Tensor], [])
                for c in range(torch.floordiv(n + chunk - 1, chunk)):
                  hc = torch.slice(h, 0, c * chunk, (c + 1) * chunk)
                  z = self.cap(torch.to(torch.linear(hc, w), 6))
                  t = torch.unsqueeze(torch.slice(targets, 0, c * chunk, (c + 1) * chunk), 1)
                  dc = torch.unsqueeze(torch.slice(d, 0, c * chunk, (c + 1) * chunk), 1)
                  g = torch.mul_(torch.softmax(z, 1), torch.neg(dc))
                  _1 = torch.scatter_add_(g, 1, t, dc)
                  gc = self.half(self.uncap(g, z))
                  _2 = torch.append(parts, torch.matmul(gc, w))
                  if learns:
                    _3 = <ADD_PRODUCT>
                return [torch.cat(parts, 0), gw]
            """;
}
