"""Posteriors by expectation propagation that ExpectationPropagationTest holds ours to: pip install choix, then run.

choix visits comparisons in random order and stops at changes below 1e-4.
"""
import choix
import numpy as np

chain = [(3, 2), (2, 1), (1, 0)]
for model, variance in [("probit", 8), ("logit", 16)]:
    mean, cov = choix.ep_pairwise(4, chain, 1 / variance, model=model)
    print(model, variance, mean, np.diag(cov))

np.random.seed(1)
repeated = [(0, 1)] * 7 + [(1, 0)] * 2 + [(1, 2)] * 4 + [(2, 3)] * 3 + [(3, 2), (3, 4), (0, 4), (4, 0)]
mean, cov = choix.ep_pairwise(5, repeated, 1 / 2)
print("logit", 2, mean, cov[0, 1])
