"""Makes src/test/resources/further-oracles.json: worked cases of every statistic of the vocabulary, from published
tables (recalled, then recomputed) and from small random tables, each computed here or by the library that it names.

    pip install numpy scipy statsmodels choix crowd-kit krippendorff irrCAC pandas
    python src/test/scripts/further_oracles.py > src/test/resources/further-oracles.json
"""

import itertools
import json
import math

import choix
import krippendorff
import numpy as np
import pandas as pd
import scipy.stats as st
import statsmodels.api as sm
import statsmodels.stats.contingency_tables as ct
import statsmodels.stats.inter_rater as ir
from crowdkit.aggregation import Wawa
from irrCAC.raw import CAC
from scipy.optimize import minimize

rng = np.random.default_rng(20251125)
cases = []


def case(id, statistic, input, expected, tolerance=1e-6, source="computed", **more):
    cases.append(dict(id=id, statistic=statistic, input=input, expected=expected, tolerance=tolerance, source=source, **more))


def plain(x):
    if isinstance(x, dict):
        return {str(k): plain(v) for k, v in x.items()}
    if isinstance(x, (list, tuple, np.ndarray)):
        return [plain(v) for v in x]
    if isinstance(x, (np.integer,)):
        return int(x)
    if isinstance(x, (float, np.floating)):
        return None if math.isnan(x) else float(f"{x:.12g}")
    return x


# ---------------------------------------------------------------- tables of two raters
def kappa_of(table, w):
    p = np.array(table, float)
    p /= p.sum()
    r, c = p.sum(1), p.sum(0)
    po, pe = (w * p).sum(), (w * np.outer(r, c)).sum()
    k = (po - pe) / (1 - pe)
    wr, wc = w @ c, r @ w
    a = (p * (w - (wr[:, None] + wc[None, :]) * (1 - k)) ** 2).sum() - (k - pe * (1 - k)) ** 2
    return po, pe, k, math.sqrt(a / (np.array(table).sum() * (1 - pe) ** 2))


def quad(n):
    i = np.arange(n)
    return 1 - ((i[:, None] - i) / (n - 1)) ** 2


def lin(n):
    i = np.arange(n)
    return 1 - abs(i[:, None] - i) / (n - 1)


def two_raters(table, w):
    n = len(table)
    po, pe, k, se = kappa_of(table, w)
    p = np.array(table, float)
    p /= p.sum()
    m = (p.sum(0) + p.sum(1)) / 2
    pe_pi = (w * np.outer(m, m)).sum()
    pe_ac = w.sum() / (n * (n - 1)) * (m * (1 - m)).sum()
    pe_s = w.sum() / n**2
    N = 2 * np.array(table).sum()
    return dict(po=po, pe_kappa=pe, kappa=k, se_kappa=se, pe_pi=pe_pi, pi=(po - pe_pi) / (1 - pe_pi), pe_ac=pe_ac,
                ac=(po - pe_ac) / (1 - pe_ac), S=(po - pe_s) / (1 - pe_s),
                alpha=1 - (1 - po) / ((1 - pe_pi) * N / (N - 1)))


t4 = [[11, 2, 1, 0], [3, 9, 4, 1], [0, 5, 12, 3], [1, 0, 2, 16]]
for name, w in (("unweighted", np.eye(4)), ("linear", lin(4)), ("quadratic", quad(4))):
    case(f"table-4-{name}", "two_rater_table", dict(table=t4, agreement_weights=name), two_raters(t4, w))
    case(f"table-4-{name}-matrix", "two_rater_table", dict(table=t4, agreement_weights=w.tolist()), two_raters(t4, w))
own = np.array([[1, .8, .2, 0], [.8, 1, .5, .1], [.2, .5, 1, .9], [0, .1, .9, 1]])
case("table-4-own-weights", "two_rater_table", dict(table=t4, rows="ann", cols="bob", agreement_weights=own.tolist()), two_raters(t4, own))
unused = [[10, 0, 3, 0, 1], [0, 0, 0, 0, 0], [2, 0, 9, 0, 4], [0, 0, 0, 0, 0], [1, 0, 3, 0, 12]]
case("table-unused-levels", "two_rater_table", dict(table=unused, agreement_weights="quadratic"),
     dict(kappa=kappa_of(unused, quad(5))[2], se_kappa=kappa_of(unused, quad(5))[3]))
case("table-statsmodels", "two_rater_table", dict(table=t4), dict(
    kappa=ir.cohens_kappa(np.array(t4)).kappa, se_kappa=ir.cohens_kappa(np.array(t4)).std_kappa,
    kappa_max=ir.cohens_kappa(np.array(t4)).kappa_max), source="statsmodels cohens_kappa")
case("table-2-specific", "two_rater_table", dict(table=[[118, 5], [2, 0]]), dict(
    po=118 / 125, kappa=kappa_of([[118, 5], [2, 0]], np.eye(2))[2], pos_agree=236 / 243, neg_agree=0.0),
     source="Feinstein & Cicchetti 1990: high agreement, κ below 0")
case("table-perfect", "two_rater_table", dict(table=[[7, 0, 0], [0, 5, 0], [0, 0, 3]]), dict(
    po=1.0, kappa=1.0, se_kappa=0.0, pi=1.0, S=1.0, ac=1.0, alpha=1.0, kappa_max=1.0))
case("table-one-category", "two_rater_table", dict(table=[[40, 0], [0, 0]]), dict(po=1.0, kappa=None, pi=None, S=1.0, ac=1.0))
case("cohen1968", "weighted_kappa_custom", dict(table=[[.44, .07, .09], [.05, .2, .05], [.01, .03, .06]],
     disagreement_weights=[[0, 1, 3], [1, 0, 6], [3, 6, 0]]), dict(kappa=1 - .9 / 1.38), source="Cohen 1968",
     published=dict(kappa=.348), published_tolerance=5e-4)
d3 = np.array([[0, 1, 3], [1, 0, 6], [3, 6, 0]])
t3 = np.array([[88, 14, 18], [10, 40, 10], [2, 6, 12]])
case("custom-weights-asymmetric", "weighted_kappa_custom", dict(table=t3.tolist(), disagreement_weights=[[0, 1, 2], [3, 0, 1], [5, 2, 0]]),
     dict(kappa=1 - (t3 * np.array([[0, 1, 2], [3, 0, 1], [5, 2, 0]])).sum() * t3.sum() / (np.outer(t3.sum(1), t3.sum(0)) * np.array([[0, 1, 2], [3, 0, 1], [5, 2, 0]])).sum()))

# ---------------------------------------------------------------- many raters
likert = rng.integers(1, 6, 14)
raw = [[int(np.clip(v + rng.integers(-1, 2), 1, 5)) if rng.random() > .2 else None for _ in range(4)] for v in likert]
frame = pd.DataFrame(raw, dtype=float)
for name in ("identity", "linear", "quadratic", "ordinal", "radical", "ratio"):
    est = CAC(frame, weights=name, digits=12).gwet()["est"]
    w = CAC(frame, weights=name, digits=12)
    case(f"gwet-{name}", "gwet_ac", dict(ratings=raw, weights="unweighted" if name == "identity" else name),
         dict(pa=est["pa"], pe=est["pe"], coef=est["coefficient_value"], se=est["se"]), tolerance=2e-5, source="irrCAC")
case("gwet-matrix", "gwet_ac", dict(ratings=raw, weights=quad(5).tolist()),
     {k: v for k, v in cases[-4]["expected"].items()}, tolerance=2e-5, source="irrCAC, quadratic")
for metric in ("nominal", "ordinal", "interval", "ratio"):
    pass
alphas = {m: krippendorff.alpha(reliability_data=frame.T.values, level_of_measurement=m) for m in ("nominal", "ordinal", "interval", "ratio")}
case("alpha-likert", "krippendorff_alpha", dict(ratings=raw), alphas, source="krippendorff")
turned = [list(r) for r in zip(*raw)]
case("alpha-likert-turned", "krippendorff_alpha", dict(ratings=turned, layout="raters x items, null = missing"), alphas, source="krippendorff")
case("alpha-likert-rows-are-raters", "krippendorff_alpha", dict(ratings=turned, layout="rows = raters, columns = items"), alphas, source="krippendorff")
case("alpha-likert-labels", "krippendorff_alpha", dict(labels=[[i, r, v] for i, row in enumerate(raw) for r, v in enumerate(row) if v is not None]), alphas, source="krippendorff")
case("alpha-likert-labels-named", "krippendorff_alpha", dict(note="item, annotator, label", labels=[[f"item{i}", f"w{r}", v] for i, row in enumerate(raw) for r, v in enumerate(row)]), alphas, source="krippendorff")
words = [["cat", "dog", "cat"], ["dog", "dog", None], ["cat", "cat", "cat"], ["emu", "dog", "emu"], [None, None, "emu"], ["emu", "emu", "emu"]]
codes = [[{"cat": 0, "dog": 1, "emu": 2, None: np.nan}[v] for v in r] for r in words]
case("alpha-words", "krippendorff_alpha", dict(ratings=words, metric="nominal"),
     dict(nominal=krippendorff.alpha(np.array(codes, float).T, level_of_measurement="nominal")), source="krippendorff")


def alpha_parts(rows, delta):
    rows = [[v for v in r if v is not None] for r in rows]
    rows = [r for r in rows if len(r) > 1]
    allv = [v for r in rows for v in r]
    n = len(allv)
    do = sum(delta(a, b) / (len(r) - 1) for r in rows for a, b in itertools.permutations(r, 2)) / n
    de = sum(delta(a, b) for a, b in itertools.permutations(allv, 2)) / (n * (n - 1))
    return dict(Do=do, De=de, alpha=1 - do / de, n_pairable=n)


case("alpha-parts-interval", "krippendorff_alpha_parts", dict(ratings=raw, metric="interval"), alpha_parts(raw, lambda a, b: (a - b) ** 2))
case("alpha-parts-ratio", "krippendorff_alpha_parts", dict(ratings=raw, metric="ratio"), alpha_parts(raw, lambda a, b: ((a - b) / (a + b)) ** 2))
pc = {str(c): alpha_parts(raw, lambda a, b, c=c: float((a == c) != (b == c)))["alpha"] for c in range(1, 6)}
case("alpha-per-category", "krippendorff_alpha_per_category", dict(ratings=raw, metric="nominal, category vs rest"), pc)


def masi(a, b):
    a, b = set(a), set(b)
    if a == b:
        return 0.0
    m = 2 / 3 if (a <= b or b <= a) else 1 / 3 if a & b else 0
    if not a & b:
        m = 0
    return 1 - (len(a & b) / len(a | b)) * m


def jac(a, b):
    a, b = set(a), set(b)
    return 0.0 if a == b else 1 - len(a & b) / len(a | b)


sets = [[["A"], ["A", "B"], None], [["B"], ["B"], ["B", "C"]], [["A", "C"], ["B", "C"], ["A", "C"]], [["C"], ["C"], ["C"]], [[], ["A"], []]]
case("alpha-sets-masi-missing", "krippendorff_alpha_sets", dict(ratings=sets, distance="masi"), {k: v for k, v in alpha_parts(sets, masi).items() if k != "n_pairable"})
case("alpha-sets-jaccard", "krippendorff_alpha_sets", dict(ratings=sets, distance="jaccard"), {k: v for k, v in alpha_parts(sets, jac).items() if k != "n_pairable"})


def fleiss(counts):
    c = np.array(counts, float)
    n, N = c.sum(1), len(c)
    po = ((c * (c - 1)).sum(1) / (n * (n - 1))).mean()
    p = c.sum(0) / c.sum()
    pe = (p**2).sum()
    m = n[0]
    q = 1 - p
    s = (p * q).sum()
    se0 = math.sqrt(2 / (N * m * (m - 1))) / s * math.sqrt(s**2 - (p * q * (q - p)).sum())
    per = 1 - (c * (m - c)).sum(0) / (N * m * (m - 1) * p * q)
    k = (po - pe) / (1 - pe)
    return dict(po=po, pe=pe, kappa=k, se0=se0, z=k / se0, per_category=per)


fc = rng.multinomial(5, [.5, .3, .2], 12)
case("fleiss-12x3", "fleiss_kappa", dict(counts=fc.tolist(), categories=["bad", "fair", "good"]), fleiss(fc))
named = fleiss(fc)
named["per_category"] = dict(zip(["bad", "fair", "good"], named["per_category"]))
case("fleiss-named-categories", "fleiss_kappa", dict(counts=fc.tolist(), categories=["bad", "fair", "good"]), named)
case("fleiss-categories-number", "fleiss_kappa", dict(counts=fc.tolist(), categories=3), dict(kappa=ir.fleiss_kappa(fc)), source="statsmodels fleiss_kappa")
wiki = [[0, 0, 0, 0, 14], [0, 2, 6, 4, 2], [0, 0, 3, 5, 6], [0, 3, 9, 2, 0], [2, 2, 8, 1, 1], [7, 7, 0, 0, 0], [3, 2, 6, 3, 0], [2, 5, 3, 2, 2], [6, 5, 2, 1, 0], [0, 2, 2, 3, 7]]
case("fleiss-wikipedia", "fleiss_kappa", dict(counts=wiki), fleiss(wiki), source="Wikipedia, Fleiss' kappa", published=dict(kappa=.210, po=.378, pe=.213), published_tolerance=6e-4)

# counts with as many raters as each item had
varying = [[0, 0, 3, 1], [2, 1, 0, 0], [0, 4, 1, 0], [5, 0, 0, 0], [0, 0, 0, 2], [1, 1, 1, 1], [0, 3, 2, 0], [4, 0, 1, 0], [0, 0, 1, 0]]
rows = [[k for k, n in enumerate(r) for _ in range(n)] for r in varying]
wide = pd.DataFrame([r + [np.nan] * (5 - len(r)) for r in rows])
for id, counts, data in (("counts-varying", varying, wide),
                         ("counts-constant", fc.tolist(), pd.DataFrame([[k for k, n in enumerate(r) for _ in range(n)] for r in fc], dtype=float))):
    cac = CAC(data, digits=12)
    g = cac.gwet()["est"]
    case(id, "multi_rater_counts", dict(counts=counts), dict(
        pa=g["pa"], ac1=g["coefficient_value"], ac1_se=g["se"], fleiss=cac.fleiss()["est"]["coefficient_value"],
        brennan_prediger=cac.bp()["est"]["coefficient_value"], alpha=cac.krippendorff()["est"]["coefficient_value"]), tolerance=2e-5, source="irrCAC")

full = [[int(np.clip(v + rng.integers(-1, 2), 1, 4)) for _ in range(3)] for v in rng.integers(1, 5, 15)]
fdf = pd.DataFrame(full)


def table_of(a, b, levels):
    return np.array([[sum(x == i and y == j for x, y in zip(a, b)) for j in levels] for i in levels])


lv = [1, 2, 3, 4]
pairs = [kappa_of(table_of(fdf[i], fdf[j], lv), np.eye(4))[2] for i, j in itertools.combinations(range(3), 2)]
cnt = np.array([[row.count(k) for k in lv] for row in full])
agg = ir.fleiss_kappa(cnt)
case("kappas-3-raters", "multi_rater_kappas", dict(ratings=full, layout="items x raters", warning="conger is irr's exact"), dict(
    light=np.mean(pairs), fleiss=agg, randolph=ir.fleiss_kappa(cnt, method="randolph"), conger=CAC(fdf, digits=12).conger()["est"]["coefficient_value"]), tolerance=2e-5, source="statsmodels, irrCAC")
case("kappas-3-raters-turned", "multi_rater_kappas", dict(ratings=[list(r) for r in zip(*full)], layout="raters x items"), cases[-1]["expected"], tolerance=2e-5)
qp = [kappa_of(table_of(fdf[i], fdf[j], lv), quad(4))[2] for i, j in itertools.combinations(range(3), 2)]
case("qwk-3-raters", "mean_pairwise_qwk", dict(ratings=full), dict(pairs=qp, mean=np.mean(qp)))
gap = [[1, 1, 7], [1, 3, 3], [3, 3, 3], [7, 7, 3], [7, 3, 7], [1, 1, 1]]
gl = list(range(1, 8))
gdf = pd.DataFrame(gap)
gp = [kappa_of(table_of(gdf[i], gdf[j], gl), quad(7))[2] for i, j in itertools.combinations(range(3), 2)]
case("qwk-unused-levels", "mean_pairwise_qwk", dict(ratings=gap), dict(pairs=gp, mean=np.mean(gp)))


def icc(x):
    x = np.array(x, float)
    n, k = x.shape
    g = x.mean()
    msr = k * ((x.mean(1) - g) ** 2).sum() / (n - 1)
    msc = n * ((x.mean(0) - g) ** 2).sum() / (k - 1)
    res = ((x - x.mean(1)[:, None] - x.mean(0)[None] + g) ** 2).sum() / ((n - 1) * (k - 1))
    msw = ((x - x.mean(1)[:, None]) ** 2).sum() / (n * (k - 1))
    return dict(ICC1=(msr - msw) / (msr + (k - 1) * msw), ICC2=(msr - res) / (msr + (k - 1) * res + k * (msc - res) / n),
                ICC3=(msr - res) / (msr + (k - 1) * res), ICC1k=(msr - msw) / msr, ICC2k=(msr - res) / (msr + (msc - res) / n),
                ICC3k=(msr - res) / msr, MSR=msr, MSC=msc, MSE=res, MSW=msw)


x = np.round(rng.normal(5, 2, (9, 1)) + rng.normal(0, 1, (9, 3)) + [[0, .5, -.3]], 2)
case("icc-9x3", "icc", dict(ratings=x.tolist(), layout="targets x judges"), icc(x))
case("icc-judges-x-targets", "icc", dict(ratings=x.T.tolist(), layout="judges x targets"), icc(x))
neg = np.round(rng.normal(0, 1, (5, 4)) + np.array([[0, 3, -2, 1]]), 2)
case("icc-negative", "icc", dict(ratings=neg.tolist()), icc(neg))


def kendall_w(x):
    x = np.array(x, float)
    n, m = x.shape
    r = np.apply_along_axis(st.rankdata, 0, x)
    s = ((r.sum(1) - m * (n + 1) / 2) ** 2).sum()
    t = sum((np.unique(c, return_counts=True)[1] ** 3 - np.unique(c, return_counts=True)[1]).sum() for c in x.T)
    w = 12 * s / (m**2 * (n**3 - n) - m * t)
    return dict(W_tie_corrected=w, W_uncorrected=12 * s / (m**2 * (n**3 - n)), chi2=m * (n - 1) * w, p=st.chi2.sf(m * (n - 1) * w, n - 1))


case("kendall-w-no-ties", "kendall_w", dict(ratings=[[1, 2, 1, 3], [2, 1, 3, 2], [3, 4, 2, 1], [4, 3, 4, 5], [5, 5, 5, 4]], layout="items x raters"),
     kendall_w([[1, 2, 1, 3], [2, 1, 3, 2], [3, 4, 2, 1], [4, 3, 4, 5], [5, 5, 5, 4]]))
case("kendall-w-turned", "kendall_w", dict(ratings=[list(r) for r in zip(*full)], layout="raters x items"), kendall_w(full))
rounding = [[5.40, 5.50, 5.55], [5.85, 5.70, 5.75], [5.20, 5.60, 5.50], [5.55, 5.50, 5.40], [5.90, 5.85, 5.70], [5.45, 5.55, 5.60],
            [5.40, 5.40, 5.35], [5.45, 5.50, 5.35], [5.25, 5.15, 5.00], [5.85, 5.80, 5.70], [5.25, 5.20, 5.10], [5.65, 5.55, 5.45],
            [5.60, 5.35, 5.45], [5.05, 5.00, 4.95], [5.50, 5.50, 5.40], [5.45, 5.55, 5.50], [5.55, 5.55, 5.35], [5.45, 5.50, 5.55],
            [5.50, 5.45, 5.25], [5.65, 5.60, 5.40], [5.70, 5.65, 5.55], [6.30, 6.30, 6.25]]
f = st.friedmanchisquare(*np.array(rounding).T)
case("friedman-rounding-times", "friedman", dict(blocks=rounding), dict(chi2=f.statistic, p=f.pvalue), source="Hollander & Wolfe 1973 p.140; R friedman.test, scipy",
     published=dict(chi2=11.143, p=.003805), published_tolerance=6e-4)
fb = rng.normal(size=(7, 4)).round(2)
f = st.friedmanchisquare(*fb.T)
case("friedman-7x4", "friedman", dict(blocks=fb.tolist()), dict(chi2=f.statistic, p=f.pvalue), source="scipy")
x, y = [1, 2, 2, 3, 4, 4, 4, 5, 6, 7], [2, 1, 3, 3, 5, 4, 4, 6, 6, 5]
case("rank-ties", "rank_correlation_ties", dict(x=x, y=y), dict(tau_b=st.kendalltau(x, y).statistic, spearman=st.spearmanr(x, y).statistic), source="scipy")
x, y = rng.normal(size=30).round(4), rng.normal(size=30).round(4)
case("rank-30", "rank_correlation", dict(x=x, y=y), dict(tau=st.kendalltau(x, y).statistic, p_exact=st.kendalltau(x, y, method="exact").pvalue, spearman=st.spearmanr(x, y).statistic), source="scipy")
x = [1, 2, 3, 4, 5]
case("rank-perfect", "rank_correlation", dict(x=x, y=x), dict(tau=1.0, p_exact=st.kendalltau(x, x, method="exact").pvalue, spearman=1.0), source="scipy")
case("entropy", "item_disagreement", dict(votes=[[1, 1, 1, 1], [2, 2], [5, 0, 1], [1, 0]]), dict(entropy_bits=[2, 1, st.entropy([5, 1], base=2), 0], pair_agreement=[0, 1 / 3, 20 / 30, 0]))
case("preferences-left-right", "pairwise_preference_agreement", dict(labels=[["left", "left"], ["left", "right"], ["tie", "left"], ["tie", "tie"]]), dict(exact=.5, ties_half=.625))

# ---------------------------------------------------------------- tests
for id, s, n, p0 in (("binomial-0", 0, 12, .5), ("binomial-all", 9, 9, .5), ("binomial-7-20", 7, 20, .3), ("binomial-30-31", 30, 31, .9), ("binomial-large", 5_200, 10_000, .5)):
    b = st.binomtest(s, n, p0)
    e, wi = b.proportion_ci(method="exact"), b.proportion_ci(method="wilson")
    case(id, "binomial_exact", dict(successes=s, trials=n, p0=p0), dict(p=b.pvalue, lo=e.low, hi=e.high, wilson_lo=wi.low, wilson_hi=wi.high), source="scipy binomtest")
for s, n, c in ((15, 148, .95), (1, 29, .95), (29, 29, .95), (5, 10, .99), (3, 1000, .9)):
    wi = st.binomtest(s, n).proportion_ci(method="wilson", confidence_level=c)
    case(f"wilson-{s}-{n}-{c}", "wilson_interval", dict(successes=s, trials=n, confidence=c), dict(lo=wi.low, hi=wi.high), source="scipy, Newcombe 1998")
for id, t in (("mcnemar-small", [[59, 6], [16, 80]]), ("mcnemar-one-sided", [[10, 0], [5, 4]]), ("mcnemar-even", [[1, 3], [3, 1]])):
    u, c, e = ct.mcnemar(t, exact=False, correction=False), ct.mcnemar(t, exact=False, correction=True), ct.mcnemar(t, exact=True)
    exp = dict(chi2=u.statistic, p=u.pvalue, p_exact=e.pvalue)
    if id != "mcnemar-even":
        exp.update(chi2_cc=c.statistic, p_cc=c.pvalue)
    else:  # R's correction, which is not taken below 0 here
        exp.update(chi2_cc=0.0, p_cc=1.0)
    case(id, "mcnemar", dict(table=t), exp, source="statsmodels mcnemar")
for id, t in (("margins-3", t3.tolist()), ("margins-4", t4), ("margins-2", [[59, 6], [16, 80]])):
    q = ct.SquareTable(np.array(t, float), shift_zeros=False)
    a, b = q.homogeneity(method="stuart_maxwell"), q.homogeneity(method="bhapkar")
    case(id, "marginal_homogeneity", dict(table=t), dict(chi2=a.statistic, df=a.df, p=a.pvalue, bhapkar=b.statistic, p_bhapkar=b.pvalue), source="statsmodels SquareTable")

# ---------------------------------------------------------------- pairs
def fit(loglik, k):
    best = minimize(lambda b: -loglik(b), np.zeros(k), method="BFGS", options=dict(gtol=1e-10))
    b = best.x
    for _ in range(4):
        h = hessian(loglik, b)
        g = gradient(loglik, b)
        b = b - np.linalg.solve(h, g)
    return b, loglik(b), np.linalg.inv(-hessian(loglik, b))


def gradient(f, b, h=1e-5):
    g = np.zeros(len(b))
    for i in range(len(b)):
        e = np.zeros(len(b))
        e[i] = h
        g[i] = (f(b - 2 * e) - 8 * f(b - e) + 8 * f(b + e) - f(b + 2 * e)) / (12 * h)
    return g


def hessian(f, b, h=1e-3):
    n = len(b)
    H = np.zeros((n, n))

    def four(i, j, h):
        a, c = np.zeros(n), np.zeros(n)
        a[i], c[j] = h, h
        return (f(b + a + c) - f(b + a - c) - f(b - a + c) + f(b - a - c)) / (4 * h * h)

    for i in range(n):
        for j in range(n):
            H[i, j] = (4 * four(i, j, h / 2) - four(i, j, h)) / 3
    return H


def shares(theta):
    p = np.exp(theta)
    return p / p.sum()


def bt_loglik(wins, theta):
    d = theta[:, None] - theta[None]
    return (np.array(wins) * -np.log1p(np.exp(-d))).sum()


w5 = np.array([[0, 7, 3, 9, 2], [4, 0, 5, 6, 8], [2, 6, 0, 7, 4], [1, 3, 2, 0, 5], [3, 2, 6, 4, 0]])
names = ["ant", "bee", "cat", "dog", "eel"]
b, ll, cov = fit(lambda b: bt_loglik(w5, np.r_[0, b]), 4)
th = np.r_[0, b]
sat = sum(w5[i, j] * math.log(w5[i, j] / (w5[i, j] + w5[j, i])) for i in range(5) for j in range(5) if i != j and w5[i, j])
bt5 = dict(theta_ref0=th, theta_mean0=th - th.mean(), pi_gm1=np.exp(th - th.mean()), se_ref0=np.r_[0, np.sqrt(np.diag(cov))], vcov=cov, loglik=ll, deviance=2 * (sat - ll))
case("bt-5", "bradley_terry", dict(wins=w5.tolist(), items=names), bt5)
case("bt-5-by-name", "bradley_terry", dict(wins=w5.tolist(), items=names), {k: dict(zip(names, bt5[k])) for k in ("theta_ref0", "theta_mean0", "pi_gm1", "se_ref0")})
rows5 = [[i, j] for i in range(5) for j in range(5) for _ in range(w5[i, j])]
case("bt-5-comparisons", "bradley_terry", dict(comparisons=rows5, n_items=5, order="winner, loser"), bt5)
case("bt-5-loser-first", "bradley_terry", dict(comparisons=[[j, i] for i, j in rows5], n_items=5, order="loser, winner"), bt5)
case("bt-5-names", "bradley_terry", dict(comparisons=[[names[i], names[j]] for i, j in rows5], items=names), bt5)
case("bt-5-choix", "bradley_terry", dict(comparisons=rows5, n_items=5, order="winner, loser"), dict(theta_mean0=choix.opt_pairwise(5, rows5)), tolerance=1e-4, source="choix opt_pairwise")
for l2, objective, factor in ((.1, "-loglik + l2*sum(theta^2) (choix alpha)", 1), (.5, "-loglik + l2/2*sum(theta^2)", .5), (.5, "-loglik + 0.5*l2*sum(theta^2)", .5), (2.0, "-loglik + l2 * ||theta||^2", 1)):
    r, *_ = fit(lambda b: bt_loglik(w5, b) - factor * l2 * (b**2).sum(), 5)
    case(f"bt-map-{l2}-{factor}-{len(objective)}", "bradley_terry_map", dict(wins=w5.tolist(), l2=l2, objective=objective), dict(theta=r), tolerance=1e-6)
sep = np.array([[0, 3, 2, 4], [0, 0, 2, 1], [0, 1, 0, 2], [0, 0, 1, 0]])
r, *_ = fit(lambda b: bt_loglik(sep, b) - .1 * (b**2).sum(), 4)
case("bt-map-separated", "bradley_terry_map", dict(wins=sep.tolist(), l2=.1, objective="-loglik + l2*sum(theta^2)"), dict(theta=r), tolerance=1e-6)


def firth(wins):
    wins = np.array(wins, float)
    n = len(wins)
    N = wins + wins.T

    def info(b):
        d = np.r_[0, b]
        d = d[:, None] - d[None]
        v = N * st.logistic.pdf(d)
        L = np.diag(v.sum(1)) - v
        return L[1:, 1:]

    def pen(b):
        return bt_loglik(wins, np.r_[0, b]) + .5 * np.linalg.slogdet(info(b))[1]

    b = fit(pen, n - 1)[0]
    return np.r_[0, b], np.r_[0, np.sqrt(np.diag(np.linalg.inv(info(b))))]


for id, w in (("firth-5", w5), ("firth-separated", sep)):
    th, se = firth(w)
    rows = [[f"i{i}", f"i{j}", int(w[i, j]), int(w[j, i])] for i, j in itertools.combinations(range(len(w)), 2)]
    case(id, "bradley_terry_firth", dict(columns=["player1", "player2", "win1", "win2"], rows=rows, note="brglm: Jeffreys prior, first item is 0"), dict(theta=th, se=se), tolerance=1e-5)
    case(id + "-without-reference", "bradley_terry_firth", dict(columns=["player1", "player2", "win1", "win2"], rows=rows), dict(theta=th[1:], se=se[1:]), tolerance=1e-5)
    case(id + "-by-name", "bradley_terry_firth", dict(columns="player1, player2, win1, win2", rows=rows), dict(theta={f"i{i}": v for i, v in enumerate(th)}), tolerance=1e-5)
    rows = [[i, j, int(w[i, j])] for i in range(len(w)) for j in range(len(w)) if w[i, j]]
    case(id + "-winner-loser-n", "bradley_terry_firth", dict(columns=["winner", "loser", "n"], rows=rows), dict(theta=th, se=se), tolerance=1e-5)

baseball = """Milwaukee Detroit 4 3|Milwaukee Toronto 4 2|Milwaukee New.York 4 3|Milwaukee Boston 6 1|Milwaukee Cleveland 4 2|Milwaukee Baltimore 6 0
Detroit Milwaukee 3 3|Detroit Toronto 4 2|Detroit New.York 4 3|Detroit Boston 6 0|Detroit Cleveland 6 1|Detroit Baltimore 4 3
Toronto Milwaukee 2 5|Toronto Detroit 4 3|Toronto New.York 2 4|Toronto Boston 4 3|Toronto Cleveland 4 2|Toronto Baltimore 6 0
New.York Milwaukee 3 3|New.York Detroit 5 1|New.York Toronto 2 5|New.York Boston 4 3|New.York Cleveland 4 2|New.York Baltimore 6 1
Boston Milwaukee 5 1|Boston Detroit 2 5|Boston Toronto 3 3|Boston New.York 4 2|Boston Cleveland 5 2|Boston Baltimore 6 0
Cleveland Milwaukee 2 5|Cleveland Detroit 3 3|Cleveland Toronto 3 4|Cleveland New.York 4 3|Cleveland Boston 4 2|Cleveland Baltimore 2 4
Baltimore Milwaukee 2 5|Baltimore Detroit 1 5|Baltimore Toronto 1 6|Baltimore New.York 2 4|Baltimore Boston 1 6|Baltimore Cleveland 3 4"""
games = [[h, a, int(x), int(y)] for h, a, x, y in (g.split() for g in baseball.replace("\n", "|").split("|"))]
teams = sorted({g[0] for g in games})


def home_loglik(b):
    th = dict(zip(teams, np.r_[0, b[:6]]))
    return sum(-x * math.log1p(math.exp(-(th[h] - th[a] + b[6]))) - y * math.log1p(math.exp(th[h] - th[a] + b[6])) for h, a, x, y in games)


b, ll, cov = fit(home_loglik, 7)
se = np.sqrt(np.diag(cov))
base = dict(columns=["home.team", "away.team", "home.wins", "away.wins"], rows=games, items=teams)
source = "Agresti 1990 baseball; BradleyTerry2"
case("baseball", "bradley_terry_position_effect", base, dict(theta=np.r_[0, b[:6]], home=b[6], se=se), tolerance=1e-5, source=source,
     published=dict(home=.3023), published_tolerance=6e-5)
case("baseball-se-with-reference", "bradley_terry_position_effect", base, dict(theta=b[:6], se=np.r_[0, se]), tolerance=1e-5, source=source)
case("baseball-names", "bradley_terry_position_effect", base, dict(theta=dict(zip(teams, np.r_[0, b[:6]])), se=dict(zip(teams[1:] + ["home"], se))), tolerance=1e-5, source=source)
case("baseball-se-home", "bradley_terry_position_effect", base, dict(home=b[6], se=dict(home=se[6])), tolerance=1e-5, source=source, published=dict(se=dict(home=.1309)), published_tolerance=6e-5)
case("baseball-se-number", "bradley_terry_position_effect", base, dict(home=b[6], se=se[6]), tolerance=1e-5, source=source)
case("baseball-numbers", "bradley_terry_position_effect", dict(columns=["home", "away", "home_wins", "away_wins"], rows=[[teams.index(h), teams.index(a), x, y] for h, a, x, y in games], items=teams), dict(theta=np.r_[0, b[:6]], home=b[6]), tolerance=1e-5, source=source)
order = ["Milwaukee"] + [t for t in teams if t != "Milwaukee"]
ref = dict(zip(teams, np.r_[0, b[:6]]))
case("baseball-other-reference", "bradley_terry_position_effect", dict(base, items=order), dict(theta=[ref[t] - ref["Milwaukee"] for t in order], home=b[6]), tolerance=1e-5, source=source)

# rows with annotators, length and position
n = 300
a = rng.integers(0, 4, n)
c = (a + rng.integers(1, 4, n)) % 4
ld = rng.normal(0, 1, n).round(3)
ann = rng.integers(0, 12, n)
true = np.array([0, .5, -.4, .9])
won = (rng.random(n) < 1 / (1 + np.exp(-(true[a] - true[c] + .3 + .4 * ld)))).astype(int)


def glm(columns, cluster=None):
    X = np.zeros((n, 4))
    X[np.arange(n), a] += 1
    X[np.arange(n), c] -= 1
    X = np.c_[X[:, 1:], columns] if columns is not None else X[:, 1:]
    m = sm.Logit(won, X).fit(disp=0, tol=1e-12, method="newton", maxiter=100)
    e = won - m.predict()
    bread = np.linalg.inv(X.T @ (X * (m.predict() * (1 - m.predict()))[:, None]))
    s = X * e[:, None]
    hc0 = bread @ (s.T @ s) @ bread
    g = np.zeros((12, X.shape[1]))
    np.add.at(g, ann, s)
    return m.params, m.llf, np.sqrt(np.diag(bread)), np.sqrt(np.diag(hc0)), np.sqrt(np.diag(bread @ (g.T @ g) @ bread))


data = dict(a=a.tolist(), b=c.tolist(), a_wins=won.tolist(), n_items=4)
p, ll, se, hc, cl = glm(None)
for ident in ("theta[0] = 0", "ref0", None):
    i = dict(data, annotator=ann.tolist())
    if ident:
        i["identification"] = ident
    case(f"robust-{ident}", "bradley_terry_robust_cov", i, dict(theta=p, se_model=se, se_hc0=hc, se_cluster_annotator=cl, loglik=ll), source="statsmodels Logit")
case("robust-with-reference", "bradley_terry_robust_cov", dict(data, annotator=[f"w{k}" for k in ann]), dict(theta=np.r_[0, p], se_model=np.r_[0, se], se_hc0=np.r_[0, hc], se_cluster_annotator=np.r_[0, cl], loglik=ll), source="statsmodels Logit")
case("robust-true-false", "bradley_terry_robust_cov", dict(data, a_wins=[bool(v) for v in won]), dict(theta=p, se_hc0=hc, loglik=ll), source="statsmodels Logit")
p, ll, se, hc, cl = glm(np.c_[np.ones(n), ld])
for k, model in enumerate(("logit P(a wins) = theta_a - theta_b + position + length*length_diff", "theta[a]-theta[b] + b0 + b1*length_diff", None,
                           "P(a wins) = sigma(theta_a - theta_b + pos + len*length_diff), theta_0 = 0", "logit p = theta_a - theta_b + intercept + beta * length_diff")):
    i = dict(data, length_diff=ld.tolist())
    if model:
        i["model"] = model
    case(f"covariates-{k}", "bradley_terry_covariates", i, dict(theta=p[:3], position=p[3], length=p[4], se=se, se_hc0=hc, loglik=ll), source="statsmodels Logit")
case("covariates-by-name", "bradley_terry_covariates", dict(data, length_diff=ld.tolist()), dict(theta=np.r_[0, p[:3]], se=dict(position=se[3], length=se[4]), se_hc0=dict(position=hc[3], length=hc[4])), source="statsmodels Logit")
case("covariates-se-with-reference", "bradley_terry_covariates", dict(data, length_diff=ld.tolist()), dict(theta=np.r_[0, p[:3]], se=np.r_[0, se], se_hc0=np.r_[0, hc]), source="statsmodels Logit")
case("covariates-se-of-effects", "bradley_terry_covariates", dict(data, length_diff=ld.tolist()), dict(se=se[3:], se_hc0=hc[3:]), source="statsmodels Logit")
p, ll, se, hc, cl = glm(ld[:, None])
case("covariates-length-alone", "bradley_terry_covariates", dict(data, length_diff=ld.tolist(), model="logit p = theta_a - theta_b + length * length_diff"), dict(theta=p[:3], length=p[3], se=se, loglik=ll), source="statsmodels Logit")
p, ll, se, hc, cl = glm(np.ones((n, 1)))
case("covariates-position-alone", "bradley_terry_covariates", dict(data, model="theta_a - theta_b + position"), dict(theta=p[:3], position=p[3], se=se, loglik=ll), source="statsmodels Logit")

ties5 = np.array([[0, 2, 1, 0, 3], [0, 0, 2, 1, 0], [0, 0, 0, 4, 1], [0, 0, 0, 0, 2], [0, 0, 0, 0, 0]])
ties5 = ties5 + ties5.T


def dav(b):
    t, nu = np.exp(np.r_[0, b[:4]]), math.exp(b[4])
    s = 0.0
    for i, j in itertools.combinations(range(5), 2):
        g = nu * math.sqrt(t[i] * t[j])
        z = t[i] + t[j] + g
        s += w5[i, j] * math.log(t[i] / z) + w5[j, i] * math.log(t[j] / z) + ties5[i, j] * math.log(g / z)
    return s


def rk(b):
    t, th = np.exp(np.r_[0, b[:4]]), 1 + math.exp(b[4])
    s = 0.0
    for i, j in itertools.combinations(range(5), 2):
        pi, pj = t[i] / (t[i] + th * t[j]), t[j] / (t[j] + th * t[i])
        s += w5[i, j] * math.log(pi) + w5[j, i] * math.log(pj) + (ties5[i, j] * math.log(1 - pi - pj) if ties5[i, j] else 0)
    return s


b, ll, cov = fit(dav, 5)
th = np.r_[0, b[:4]]
d = dict(theta_ref0=th, pi_sum1=shares(th), pi_gm1=np.exp(th - th.mean()), nu=math.exp(b[4]), newman_v=math.exp(b[4]) / 2, loglik=ll, se=np.sqrt(np.diag(cov)))
case("davidson-5", "davidson_ties", dict(wins=w5.tolist(), ties=ties5.tolist(), items=names), d)
case("davidson-5-upper-ties", "davidson_ties", dict(wins=w5.tolist(), ties=np.triu(ties5).tolist()), d)
case("davidson-5-names", "davidson_ties", dict(wins=w5.tolist(), ties=ties5.tolist(), items=names), dict(pi_sum1=dict(zip(names, d["pi_sum1"])), theta_ref0=dict(zip(names, th))))
b, ll, cov = fit(rk, 5)
case("rao-kupper-5", "rao_kupper_ties", dict(wins=w5.tolist(), ties=ties5.tolist()), dict(pi_sum1=shares(np.r_[0, b[:4]]), theta_rk=1 + math.exp(b[4]), loglik=ll))
pud = json.load(open("src/test/resources/statistics-oracles.json"))
pud = next(c for c in pud if c["id"] == "davidson1970-pudding")["input"]
pw, pt = np.array(pud["wins"]), np.array(pud["ties"])


def rk6(b):
    t, th = np.exp(np.r_[0, b[:5]]), 1 + math.exp(b[5])
    s = 0.0
    for i, j in itertools.combinations(range(6), 2):
        pi, pj = t[i] / (t[i] + th * t[j]), t[j] / (t[j] + th * t[i])
        s += pw[i, j] * math.log(pi) + pw[j, i] * math.log(pj) + pt[i, j] * math.log(1 - pi - pj)
    return s


b, ll, cov = fit(rk6, 6)
case("rao-kupper-pudding", "rao_kupper_ties", dict(wins=pw.tolist(), ties=pt.tolist()), dict(pi_sum1=shares(np.r_[0, b[:5]]), theta_rk=1 + math.exp(b[5]), loglik=ll), source="Davidson 1970 pudding, by another model of ties")
b, *_ = fit(lambda b: bt_loglik(w5 + ties5 / 2, np.r_[0, b]), 4)
case("half-ties-5", "bradley_terry_half_ties", dict(wins=w5.tolist(), ties=ties5.tolist(), items=names, rule="tie = half a win each"), dict(pi_sum1=shares(np.r_[0, b])))
case("half-ties-names", "bradley_terry_half_ties", dict(wins=w5.tolist(), ties=ties5.tolist(), items=names), dict(pi_sum1=dict(zip(names, shares(np.r_[0, b])))))
for link in ("logit", "probit"):
    comps = [[0, 1], [0, 2], [1, 2], [2, 3], [3, 0], [1, 3], [1, 0]]
    mean, cov = choix.ep_pairwise(4, comps, alpha=1 / 4, model=link)
    case(f"ep-{link}", "bt_posterior_ep", dict(comparisons=comps, n_items=4, prior_variance=4, link=link), dict(mean=mean, var=np.diag(cov)), tolerance=1e-3, source="choix ep_pairwise")
    mean, cov = choix.ep_pairwise(5, comps, alpha=1 / 2, model=link)
    case(f"ep-{link}-one-never-compared", "bt_posterior_ep", dict(comparisons=comps, n_items=5, prior_variance=2.0, link=link), dict(mean=mean, var=np.diag(cov)), tolerance=1e-3, source="choix ep_pairwise")

# ---------------------------------------------------------------- several at once
def luce(rankings, n, orders):
    """rankings: lists of groups, best first; Davidson-Luce, ties of the given orders."""
    orders = list(orders)

    def loglik(b):
        th = np.r_[0, b[: n - 1]]
        delta = {1: 0.0} | {o: b[n - 1 + k] for k, o in enumerate(orders)}
        s = 0.0
        for groups in rankings:
            left = [i for g in groups for i in g]
            for g in groups:
                if len(left) == 1:
                    break
                num = delta[len(g)] + sum(th[i] for i in g) / len(g)
                den = math.log(sum(math.exp(delta[o] + sum(th[i] for i in t) / o) for o in delta if o <= len(left) for t in itertools.combinations(left, o)))
                s += num - den
                left = [i for i in left if i not in g]
        return s

    return fit(loglik, n - 1 + len(orders))


def expect_luce(rankings, n, orders):
    b, ll, cov = luce(rankings, n, orders)
    th = np.r_[0, b[: n - 1]]
    return dict(log_worth_ref0=th, log_worth_mean0=th - th.mean(), log_tie={str(o): b[n - 1 + k] for k, o in enumerate(orders)}, loglik=ll)


strict = [rng.permutation(5)[: rng.integers(2, 6)].tolist() for _ in range(25)]
e = expect_luce([[[i] for i in r] for r in strict], 5, [])
case("pl-partial", "plackett_luce", dict(orderings=strict, n_items=5), e, tolerance=1e-5)
case("pl-partial-names", "plackett_luce", dict(orderings=[[names[i] for i in r] for r in strict], names=names, layout="best first"), e, tolerance=1e-5)
case("pl-partial-choix", "plackett_luce", dict(orderings=strict, n_items=5), dict(log_worth_mean0=choix.opt_rankings(5, strict)), tolerance=1e-4, source="choix opt_rankings")
case("pl-partial-by-name", "plackett_luce", dict(orderings=[[names[i] for i in r] for r in strict], names=names), dict(log_worth_ref0=dict(zip(names, e["log_worth_ref0"]))), tolerance=1e-5)
case("pl-from-one", "plackett_luce", dict(orderings=[[i + 1 for i in r] for r in strict], n_items=5), e, tolerance=1e-5)
case("pl-ranks", "plackett_luce", dict(ranks=[[r.index(i) + 1 if i in r else 0 for i in range(5)] for r in strict], names=names, layout="rows = rankings of dense ranks, 0 = not ranked"), e, tolerance=1e-5)
case("pl-ranks-null", "plackett_luce", dict(ranks=[[r.index(i) + 1 if i in r else None for i in range(5)] for r in strict]), e, tolerance=1e-5)
tied = [[[0], [1, 2], [3]], [[1], [0], [3], [2]], [[2, 3], [0], [1]], [[3], [2], [0, 1]], [[0, 1], [3], [2]], [[1], [3], [0]], [[2], [0], [1]], [[3, 1], [2, 0]], [[0], [2], [1]]]
e = expect_luce(tied, 4, [2])
case("pl-ties", "plackett_luce", dict(orderings=[[g[0] if len(g) == 1 else g for g in r] for r in tied], n_items=4), e, tolerance=1e-5)
ranks = [[next((k + 1 for k, g in enumerate(r) if i in g), 0) for i in range(4)] for r in tied]
case("pl-ties-ranks", "plackett_luce", dict(ranks=ranks, names=names[:4]), e, tolerance=1e-5)


def elo(matches, K, scale, base, init):
    r = {}
    for a, b, w in matches:
        ra, rb = r.get(a, init), r.get(b, init)
        ea = 1 / (1 + base ** ((rb - ra) / scale))
        s = {"left": 1, "right": 0, "tie": .5}[w]
        r[a], r[b] = ra + K * (s - ea), rb + K * (ea - s)
    return r


m = [["x", "y", "left"], ["y", "z", "tie"], ["z", "x", "right"], ["y", "x", "left"], ["w", "z", "right"]]
case("elo-32", "elo_online", dict(matches=m, K=32, scale=200, base=math.e, init=1500), dict(rating=elo(m, 32, 200, math.e, 1500)))
case("elo-winner-words", "elo_online", dict(matches=[[a, b, {"left": "model_a", "right": "model_b", "tie": "tie (bothbad)"}[w]] for a, b, w in m], K=4, scale=400, base=10, init=1000), dict(rating=elo(m, 4, 400, 10, 1000)))
case("elo-scores", "elo_online", dict(matches=[[a, b, {"left": 1, "right": 0, "tie": .5}[w]] for a, b, w in m], K=4, scale=400, base=10, init=1000), dict(rating=elo(m, 4, 400, 10, 1000)))
case("elo-numbers", "elo_online", dict(matches=[["wxyz".index(a), "wxyz".index(b), w] for a, b, w in m], K=4, scale=400, base=10, init=1000), dict(rating={"wxyz".index(k): v for k, v in elo(m, 4, 400, 10, 1000).items()}))

# ---------------------------------------------------------------- reliability
toy = [["t1", "w1", "no"], ["t1", "w2", "yes"], ["t1", "w3", "no"], ["t2", "w1", "yes"], ["t2", "w2", "yes"], ["t2", "w3", "yes"],
       ["t3", "w1", "yes"], ["t3", "w2", "no"], ["t3", "w3", "no"], ["t4", "w2", "yes"], ["t4", "w3", "no"]]
skills = Wawa().fit(pd.DataFrame(toy, columns=["task", "worker", "label"])).skills_
case("wawa-named", "annotator_agreement_with_majority", dict(labels=toy), dict(skill=skills.to_dict()), source="crowd-kit Wawa")
case("wawa-array", "annotator_agreement_with_majority", dict(labels=toy), dict(skill=skills.values), source="crowd-kit Wawa")
num = [[int(t[1]) - 1, int(w[1]) - 1, int(l == "yes")] for t, w, l in toy]
case("wawa-numbers", "annotator_agreement_with_majority", dict(labels=num), dict(skill=skills.values), source="crowd-kit Wawa")


def dawid_skene(labels, n, m, k, hard=False, steps=4000):
    L = np.array(labels)
    T = np.zeros((n, k))
    np.add.at(T, (L[:, 0], L[:, 2]), 1)
    T = np.eye(k)[T.argmax(1)] if hard else T / T.sum(1, keepdims=True)
    for _ in range(steps):
        prior = T.mean(0)
        C = np.zeros((m, k, k))
        for i, j, l in L:
            C[j, :, l] += T[i]
        with np.errstate(all="ignore"):
            C = np.where(C.sum(2, keepdims=True) > 0, C / C.sum(2, keepdims=True), 1 / k)
            P = np.tile(np.log(prior), (n, 1))
            for i, j, l in L:
                P[i] += np.log(C[j, :, l])
        ll = np.logaddexp.reduce(P, 1)
        T = np.exp(P - ll[:, None])
    return prior, C, T, ll.sum()


truth = rng.integers(0, 3, 40)
sim = [[i, j, int(truth[i] if rng.random() < .55 + .08 * j else rng.integers(0, 3))] for i in range(40) for j in range(5) if rng.random() < .9]
prior, C, T, ll = dawid_skene(sim, 40, 5, 3)
ds = dict(class_prior=prior, confusion=C, loglik=ll, posterior=T, map_label=T.argmax(1))
sizes = dict(n_items=40, n_annotators=5, n_classes=3)
case("ds-sim", "dawid_skene", dict(labels=sim, init="soft vote shares", columns=["item", "annotator", "label"], **sizes), ds, tolerance=1e-3)
case("ds-sim-columns", "dawid_skene", dict(labels=[[j, i, l] for i, j, l in sim], columns=["annotator", "item", "label"], **sizes), ds, tolerance=1e-3)
case("ds-sim-columns-string", "dawid_skene", dict(labels=sim, columns="item, annotator, label", **sizes), ds, tolerance=1e-3)
case("ds-sim-named", "dawid_skene", dict(labels=[[f"q{i:02}", f"w{j}", "abc"[l]] for i, j, l in sim]), dict(
    class_prior=dict(zip("abc", prior)), confusion={f"w{j}": {s: dict(zip("abc", C[j][k])) for k, s in enumerate("abc")} for j in range(5)},
    map_label={f"q{i:02}": "abc"[k] for i, k in enumerate(T.argmax(1))}, loglik=ll), tolerance=1e-3)


def rasch(patterns, slope, free):
    x, w = np.polynomial.hermite_e.hermegauss(61)
    w = w / w.sum()
    R = np.array([[int(ch) for ch in p] for p in patterns])
    f = np.array(list(patterns.values()))

    def loglik(b):
        a = b[-1] if free else slope
        P = 1 / (1 + np.exp(-a * (x[:, None] - b[None, : R.shape[1]])))
        return (f * np.log(np.exp(R @ np.log(P).T + (1 - R) @ np.log(1 - P).T) @ w)).sum()

    k = R.shape[1]
    best = minimize(lambda b: -loglik(b), np.r_[np.zeros(k), [1.0] if free else []], method="BFGS", options=dict(gtol=1e-8))
    return best.x, -best.fun


lsat = json.load(open("src/test/resources/statistics-oracles.json"))
lsat = next(c for c in lsat if c["id"] == "lsat-rasch")["input"]["patterns"]
b, ll = rasch(lsat, None, True)
for k, extra in enumerate((dict(n=1000, ability="N(0,1)"), dict(ability="N(0,1)", discrimination="estimated"), dict(ability="standard normal", discrimination=None))):
    case(f"lsat-free-{k}", "rasch_mml", dict(patterns=lsat, **extra), dict(difficulty=b[:5], discrimination=b[5], loglik=ll), tolerance=2e-3,
         source="R ltm::rasch(LSAT)", published=dict(difficulty=[-3.6153, -1.3224, -.3176, -1.7301, -2.7802], discrimination=.7551, loglik=-2466.938), published_tolerance=3e-3)
b, ll = rasch(lsat, 1.7, False)
case("lsat-1.7", "rasch_mml", dict(patterns=lsat, n=1000, ability="N(0,1)", discrimination=1.7), dict(difficulty=b, loglik=ll), tolerance=2e-3)
b, ll = rasch(lsat, 1.0, False)
persons = [[int(ch) for ch in p] for p, f in lsat.items() for _ in range(f)]
case("lsat-persons", "rasch_mml", dict(patterns=persons, n=1000, ability="N(0,1)", discrimination=1), dict(difficulty=b, loglik=ll), tolerance=2e-3)
case("lsat-pairs", "rasch_mml", dict(patterns=[[p, f] for p, f in lsat.items()], n=1000, discrimination=1), dict(difficulty=b, loglik=ll), tolerance=2e-3)

# ---------------------------------------------------------------- consistency
def triads(w):
    n = len(w)
    s = np.array(w).sum(1)
    c = n * (n - 1) * (2 * n - 1) / 12 - (s**2).sum() / 2
    most = n * (n * n - (1 if n % 2 else 4)) / 24
    return dict(circular_triads=c, max=most, zeta=1 - c / most)


for k in (3, 5, 7, 8):
    t = np.triu(rng.integers(0, 2, (k, k)), 1)
    w = t + np.tril(1 - t.T, -1)
    case(f"triads-{k}", "circular_triads", dict(wins=w.tolist()), triads(w))
case("triads-cycle", "circular_triads", dict(wins=[[0, 1, 0], [0, 0, 1], [1, 0, 0]]), dict(circular_triads=1, max=1, zeta=0))
nul = [[None, 1, 1, 0], [0, None, 1, 1], [0, 0, None, 1], [1, 0, 0, None]]
case("triads-nulls", "circular_triads", dict(wins=nul), triads([[v or 0 for v in r] for r in nul]))


def kendall_u(a):
    a = np.array(a, float)
    n = len(a)
    m = a[0, 1] + a[1, 0]
    s = sum(a[i, j] * (a[i, j] - 1) / 2 for i in range(n) for j in range(n) if i != j)
    pairs, two = n * (n - 1) / 2, m * (m - 1) / 2
    u = 2 * s / (two * pairs) - 1
    out = dict(u=u, u_min=-1 / m if m % 2 else -1 / (m - 1))
    if m > 2:
        out.update(df=pairs * m * (m - 1) / (m - 2) ** 2, chi2=4 / (m - 2) * (s - .5 * pairs * two * (m - 3) / (m - 2)))
    return out


for m in (2, 3, 4, 7):
    t = np.triu(rng.integers(0, m + 1, (5, 5)), 1)
    a5 = t + np.tril(m - t.T, -1)
    case(f"kendall-u-{m}", "kendall_u", dict(choices=a5.tolist()), kendall_u(a5))


def strans(a):
    a = np.array(a, float)
    n = len(a)
    with np.errstate(all="ignore"):
        p = a / (a + a.T)
    weak = mod = strong = trip = 0
    for t in itertools.combinations(range(n), 3):
        trip += 1
        bad = None
        for i, j, k in itertools.permutations(t):
            if p[i, j] >= .5 and p[j, k] >= .5:
                v = (p[i, k] < .5, p[i, k] < min(p[i, j], p[j, k]), p[i, k] < max(p[i, j], p[j, k]))
                bad = v if bad is None else min(bad, v, key=sum)
        weak, mod, strong = weak + bad[0], mod + bad[1], strong + bad[2]
    return dict(weak=weak, moderate=mod, strong=strong, triples=trip)


for k in (4, 6, 7):
    t = np.triu(rng.integers(0, 24, (k, k)) + 1, 1)
    a6 = t + np.tril(25 - t.T, -1)
    case(f"strans-{k}", "stochastic_transitivity", dict(choices=a6.tolist()), strans(a6))

# ---------------------------------------------------------------- drift
cusum_x = next(c for c in json.load(open("src/test/resources/statistics-oracles.json")) if c["id"] == "cusum-montgomery")["input"]["x"]


def ewma(x, target, sigma, lam, L):
    z, out, ucl = target, [], []
    for i, v in enumerate(x, 1):
        z = lam * v + (1 - lam) * z
        out.append(z)
        ucl.append(target + L * sigma * math.sqrt(lam / (2 - lam) * (1 - (1 - lam) ** (2 * i))))
    alarms = [i + 1 for i, (a, u) in enumerate(zip(out, ucl)) if a > u or a < 2 * target - u]
    return dict(z=out, ucl=ucl, alarms_1based=alarms)


e = ewma(cusum_x, 10, 1, .1, 2.7)
case("ewma-montgomery", "ewma_chart", dict(x=cusum_x, target=10, sigma=1, lam=.1, L=2.7), e, source="Montgomery, Table 9.10")
case("ewma-steady-limit", "ewma_chart", dict(x=cusum_x, target=10, sigma=1, lam=.1, L=2.7), dict(ucl=10 + 2.7 * math.sqrt(.1 / 1.9), alarms_1based=e["alarms_1based"]), tolerance=2e-3, source="Montgomery: limits at steady state 10.62, 9.38")
case("ewma-downward", "ewma_chart", dict(x=[0, -1, -2, -3, -3, -4], target=0, sigma=1, lam=.3, L=3), ewma([0, -1, -2, -3, -3, -4], 0, 1, .3, 3))
case("ewma-no-alarm", "ewma_chart", dict(x=[1, 2, 1, 2], target=1.5, sigma=2, lam=.2, L=3), ewma([1, 2, 1, 2], 1.5, 2, .2, 3))
case("ewma-shewhart", "ewma_chart", dict(x=[1, 2, 9, 2], target=1.5, sigma=2, lam=1, L=3), ewma([1, 2, 9, 2], 1.5, 2, 1, 3))


def p_chart(d, n):
    d, n = np.array(d), np.broadcast_to(n, len(d))
    p = d.sum() / n.sum()
    s = 3 * np.sqrt(p * (1 - p) / n)
    u, l = np.minimum(1, p + s), np.maximum(0, p - s)
    return dict(pbar=p, ucl=u, lcl=l, out_1based=[i + 1 for i in range(len(d)) if d[i] / n[i] > u[i] or d[i] / n[i] < l[i]])


purchase_d = [12, 8, 6, 9, 10, 12, 11, 16, 10, 6, 20, 15, 9, 8, 6, 8, 10, 7, 5, 8, 5, 8, 10, 6, 9]
purchase_n = [100, 80, 80, 100, 110, 110, 100, 100, 90, 90, 110, 120, 120, 120, 110, 80, 80, 80, 90, 100, 100, 100, 100, 90, 90]
case("p-chart-purchase-orders", "p_chart", dict(defects=purchase_d, n=purchase_n), p_chart(purchase_d, purchase_n), source="Montgomery, Table 7.4", published=dict(pbar=.096), published_tolerance=6e-4)
case("p-chart-equal-list", "p_chart", dict(defects=[1, 2, 0, 9], n=[20, 20, 20, 20]), {k: (v[0] if k in ("ucl", "lcl") else v) for k, v in p_chart([1, 2, 0, 9], 20).items()})
case("p-chart-number-as-list", "p_chart", dict(defects=[1, 2, 0, 9], n=20), p_chart([1, 2, 0, 9], 20))
case("cusum-quiet", "cusum_tabular", dict(x=[10, 10.2, 9.9], target=10, K=.5, H=5), dict(c_plus=[0, 0, 0], c_minus=[0, 0, 0], first_alarm_1based=None))
case("cusum-down", "cusum_tabular", dict(x=[9, 8, 7, 6, 5], target=10, K=.5, H=4), dict(c_plus=[0] * 5, c_minus=[.5, 2, 4.5, 8, 12.5], first_alarm_1based=3))

if __name__ == "__main__":
    print("[\n" + ",\n".join(json.dumps(plain(c), ensure_ascii=False) for c in cases) + "\n]")
