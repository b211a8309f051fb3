"""Writes the oracle for models of annotators: crowd-kit's Dawid-Skene, MACE and Wawa on small simulated labels.

    pip install crowd-kit==1.4.2
    python src/test/scripts/reliability_fixture.py

Writes src/test/resources/statistics/crowd-kit.json. 80 items, 8 annotators (one spams), 3 categories, 4 to 6 labels an
item, some given twice by the same annotator. Annotators and labels are numbered by first appearance: crowd-kit's MACE
sorts them by name halfway, and mixes up the annotators' habits where that is another order. The competence of MACE under variational
Bayes is the mean of its Beta posterior, computed from crowd-kit's own expected counts.
"""
import json
import pathlib

import numpy as np
import pandas as pd
from crowdkit.aggregation import MACE, DawidSkene, MajorityVote, Wawa

FILE = pathlib.Path(__file__).parents[1] / "resources" / "statistics" / "crowd-kit.json"


def labels():
    random = np.random.default_rng(2013)
    accuracy = [0.9, 0.85, 0.8, 0.75, 0.7, 0.65, 0.6, 0.34]
    rows = []
    for item in range(80):
        truth = random.choice(3, p=[0.5, 0.3, 0.2])
        for annotator in random.choice(8, size=random.integers(4, 7), replace=False):
            for _ in range(1 + (random.random() < 0.05)):
                knows = random.random() < accuracy[annotator]
                label = truth if knows else random.choice(3, p=[0.2, 0.3, 0.5])
                rows.append((item, int(annotator), int(label)))
    return pd.DataFrame(rows, columns=["task", "worker", "label"])


def in_order(frame):
    """Renumbers annotators and labels by first appearance."""
    for column in ("worker", "label"):
        codes, _ = pd.factorize(frame[column])
        frame[column] = codes
    return frame.sort_values("task", kind="stable").reset_index(drop=True)


def dawid_skene(frame):
    model = DawidSkene(n_iter=5000, tol=0).fit(frame)
    errors = [[[float(model.errors_.loc[(worker, label), truth]) if (worker, label) in model.errors_.index else 0.0
                for label in range(3)] for truth in range(3)] for worker in range(8)]
    return {"class_prior": model.priors_.tolist(), "confusion": errors, "posterior": model.probas_.values.tolist()}


def mace(frame, method):
    model = MACE(n_restarts=1, n_iter=3000, method=method).fit(frame.copy())
    tasks, workers, labels = (pd.factorize(frame[c]) for c in ("task", "worker", "label"))
    loglik, _, _, knowing = model._e_step(
        frame.copy(), tasks[1], workers[1], labels[1], tasks[0], workers[0], labels[0])
    known = knowing.values + (0.5 if method == "vb" else 0.01 / 3)
    return {"competence": (known[:, 1] / known.sum(axis=1)).tolist(), "habit": model.thetas_.tolist(),
            "posterior": model.probas_.sort_index()[[0, 1, 2]].values.tolist(), "loglik": float(loglik)}


def main():
    frame = in_order(labels())
    vote = MajorityVote().fit(frame)
    FILE.parent.mkdir(exist_ok=True)
    FILE.write_text(json.dumps({
        "labels": frame.values.tolist(),
        "majority": vote.labels_.sort_index().tolist(),
        "skill": Wawa().fit(frame).skills_.sort_index().tolist(),
        "dawid_skene": dawid_skene(frame),
        "mace_em": mace(frame, "em"),
        "mace_vb": mace(frame, "vb")}, indent=None) + "\n")


if __name__ == "__main__":
    main()
