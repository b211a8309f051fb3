"""Writes the oracle for agreement and for tests of counts: what irrCAC, SciPy and statsmodels say of random tables.

    pip install irrCAC==0.4.4 scipy statsmodels numpy pandas
    python src/test/scripts/agreement_fixture.py

Writes src/test/resources/agreement-peers.json: ratings (some missing, some items with one label) with coefficients and
standard errors for every kind of weights, pairs of rankings with tau, rho and their p-values, tables with kappa and its
standard error and the tests of their margins, numbers of successes with binomial tests.
"""
import json
import pathlib

import numpy as np
import pandas as pd
from irrCAC.raw import CAC
from scipy import stats
from statsmodels.stats.contingency_tables import SquareTable, mcnemar
from statsmodels.stats.inter_rater import cohens_kappa

FILE = pathlib.Path(__file__).parents[1] / "resources" / "agreement-peers.json"
WEIGHTS = ["identity", "linear", "quadratic", "ordinal", "radical", "ratio", "circular", "bipolar"]
random = np.random.default_rng(4)


def ratings(items, raters, categories, missing, singles):
    truth = random.integers(1, categories + 1, items)
    table = np.where(random.random((items, raters)) < 0.6, truth[:, None],
                     random.integers(1, categories + 1, (items, raters))).astype(float)
    table[random.random((items, raters)) < missing] = np.nan
    for item in range(singles):
        table[item, 1:] = np.nan
    table[np.isnan(table).all(axis=1), 0] = 1
    return table


def coefficients(table):
    found = {}
    for weights in WEIGHTS:
        cac = CAC(pd.DataFrame(table), weights=weights, digits=12)
        of = {"fleiss": cac.fleiss(), "gwet": cac.gwet(), "bp": cac.bp(), "conger": cac.conger(),
              "alpha": cac.krippendorff()}
        found[weights] = {name: [float(c["est"]["coefficient_value"]), float(c["est"]["se"])] for name, c in of.items()}
    return found


def study(*shape):
    table = ratings(*shape)
    return {"ratings": [[None if np.isnan(x) else int(x) for x in row] for row in table],
            "expected": coefficients(table)}


def ranking(x, y):
    exact = len(x) <= 50 and len(set(x)) == len(x) and len(set(y)) == len(y)
    tau = stats.kendalltau(x, y, method="exact" if exact else "asymptotic")
    rho = stats.spearmanr(x, y)
    return {"x": [float(v) for v in x], "y": [float(v) for v in y], "tau": float(tau.statistic), "p_tau": float(tau.pvalue),
            "rho": float(rho.statistic), "p_rho": float(rho.pvalue)}


def table_of(categories, items):
    table = random.multinomial(items, random.dirichlet(np.ones(categories * categories))).reshape(categories, categories)
    kappa = {}
    for kind in ["unweighted", "linear", "quadratic"]:
        found = cohens_kappa(table, wt={"unweighted": None, "linear": "linear", "quadratic": "fc"}[kind])
        kappa[kind] = [float(found.kappa), float(found.std_kappa)]
    square = SquareTable(table, shift_zeros=False)
    margins = {m: [float(square.homogeneity(m).statistic), float(square.homogeneity(m).pvalue)]
               for m in ["stuart_maxwell", "bhapkar"]}
    return {"table": table.tolist(), "kappa": kappa, "margins": margins}


def binomial(successes, trials, share):
    test = stats.binomtest(successes, trials, share)
    exact, wilson = test.proportion_ci(0.95, "exact"), test.proportion_ci(0.95, "wilson")
    return {"successes": successes, "trials": trials, "share": share, "p": float(test.pvalue),
            "exact": [float(exact.low), float(exact.high)], "wilson": [float(wilson.low), float(wilson.high)]}


def paired(b, c):
    table = [[50, b], [c, 40]]
    of = {"chi2": mcnemar(table, exact=False, correction=False), "chi2_cc": mcnemar(table, exact=False, correction=True)}
    return {"b": b, "c": c, "p_exact": float(mcnemar(table, exact=True).pvalue),
            **{name: [float(t.statistic), float(t.pvalue)] for name, t in of.items()}}


blocks = random.integers(1, 5, (9, 6))
friedman = stats.friedmanchisquare(*blocks.T)
FILE.write_text(json.dumps({
    "studies": [study(40, 4, 4, 0.0, 0), study(40, 5, 3, 0.3, 0), study(60, 4, 5, 0.2, 25)],
    "rankings": [ranking(random.permutation(n), random.permutation(n)) for n in (8, 12, 50, 51)]
                + [ranking(random.integers(0, 6, n), random.integers(0, 9, n)) for n in (12, 80)],
    "tables": [table_of(2, 60), table_of(3, 150), table_of(5, 400)],
    "binomials": [binomial(*b) for b in [(0, 20, 0.1), (7, 20, 0.5), (13, 20, 0.5), (10, 20, 0.5), (20, 20, 0.7),
                                         (3, 40, 0.2), (14, 40, 0.2), (480, 1000, 0.5), (70123, 100000, 0.7)]],
    "paired": [paired(b, c) for b, c in [(5, 12), (12, 5), (0, 6), (9, 9), (120, 160)]],
    "friedman": {"blocks": blocks.tolist(), "chi2": float(friedman.statistic), "p": float(friedman.pvalue)},
}, indent=None, separators=(",", ":")).replace('"studies"', '\n"studies"').replace('"rankings"', '\n"rankings"')
    .replace('"tables"', '\n"tables"').replace('"binomials"', '\n"binomials"').replace('"paired"', '\n"paired"') + "\n")
