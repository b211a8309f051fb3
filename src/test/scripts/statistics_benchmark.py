"""The statistics library beside its Python peers: the same data, one sitting, one machine.

    pip install krippendorff choix evalica crowd-kit statsmodels
    python src/test/scripts/statistics_benchmark.py [--rounds 3] [--patience 600]

`./tiebreak bench statistics --write FOLDER` writes the data and measures ours; each peer then does the same work on the same
arrays in a process of its own. Reading the arrays is in nobody's time, putting them into the form a library asks for is not
either (evalica's lists, crowd-kit's frames): only the call is. The best of the rounds counts on both sides. A work that no peer
can do is named with the reason.
"""
import argparse
import json
import os
import pathlib
import resource
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).parents[3]
# work of ours -> peers that do it, and what they leave out
PEERS = {
    "agreement": ["krippendorff_alpha", "statsmodels_fleiss", "evalica_alpha"],
    "agreement-bootstrap": ["evalica_alpha_bootstrap"],
    "bradley-terry-1000": ["evalica_bradley_terry", "crowdkit_bradley_terry", "choix_ilsr"],
    "bradley-terry-1000-errors": [],
    "bradley-terry-ties-1000": ["evalica_newman"],
    "bradley-terry-100000": [],
    "dawid-skene": ["crowdkit_dawid_skene"],
    "one-coin": ["crowdkit_one_coin"],
    "mace": ["crowdkit_mace"],
}
ALONE = {
    "bradley-terry-1000-errors": "no Python peer gives standard errors",
    "bradley-terry-100000": "evalica, choix and crowd-kit keep dense matrices: 10^5 items would need 80 GB",
}


def timed(rounds, call):
    best = float("inf")
    for _ in range(rounds):
        begun = time.perf_counter()
        call()
        best = min(best, time.perf_counter() - begun)
    return best


def krippendorff_alpha(data, rounds):
    import krippendorff
    import numpy as np

    counts = np.load(data / "counts.npy")
    return timed(rounds, lambda: krippendorff.alpha(value_counts=counts, level_of_measurement="nominal"))


def statsmodels_fleiss(data, rounds):
    import numpy as np
    from statsmodels.stats.inter_rater import fleiss_kappa

    counts = np.load(data / "counts.npy")
    return timed(rounds, lambda: fleiss_kappa(counts))


def ratings_frame(data, items=None):
    import numpy as np
    import pandas as pd

    counts = np.load(data / "counts.npy")[:items]
    rows = np.repeat(np.tile(np.arange(counts.shape[1]), len(counts)), counts.ravel())
    return pd.DataFrame(rows.reshape(len(counts), -1).T)  # observers by items


def evalica_alpha(data, rounds):
    import evalica

    frame = ratings_frame(data)
    return timed(rounds, lambda: evalica.alpha(frame))


def evalica_alpha_bootstrap(data, rounds):
    import evalica

    frame = ratings_frame(data)
    return timed(1, lambda: evalica.alpha_bootstrap(frame, n_resamples=1000, random_state=1))


def matches(data):
    import numpy as np
    from evalica import Winner

    rows = np.load(data / "comparisons.npy")
    outcomes = [Winner.X, Winner.Y, Winner.Draw]
    return rows[:, 0].tolist(), rows[:, 1].tolist(), [outcomes[w] for w in rows[:, 2].tolist()]


def evalica_bradley_terry(data, rounds):
    import evalica

    xs, ys, winners = matches(data)
    return timed(rounds, lambda: evalica.bradley_terry(xs, ys, winners, tolerance=1e-8, limit=10_000))


def evalica_newman(data, rounds):
    import evalica

    xs, ys, winners = matches(data)
    return timed(rounds, lambda: evalica.newman(xs, ys, winners, tolerance=1e-8, limit=10_000))


def crowdkit_bradley_terry(data, rounds):
    import numpy as np
    import pandas as pd
    from crowdkit.aggregation import BradleyTerry

    rows = np.load(data / "comparisons.npy")
    frame = pd.DataFrame({"left": rows[:, 0], "right": rows[:, 1],
                          "label": np.where(rows[:, 2] == 1, rows[:, 1], rows[:, 0])})
    return timed(rounds, lambda: BradleyTerry(n_iter=100, tol=1e-8).fit(frame))


def choix_ilsr(data, rounds):
    import choix
    import numpy as np

    rows = np.load(data / "comparisons.npy")
    rows = rows[rows[:, 2] < 2]
    pairs = np.where(rows[:, 2:] == 0, rows[:, :2], rows[:, 1::-1]).tolist()
    return timed(1, lambda: choix.ilsr_pairwise(1000, pairs, alpha=0.01))


def labels_frame(data):
    import numpy as np
    import pandas as pd

    rows = np.load(data / "labels.npy")
    return pd.DataFrame(rows, columns=["task", "worker", "label"])


def crowdkit_dawid_skene(data, rounds):
    from crowdkit.aggregation import DawidSkene

    frame = labels_frame(data)
    return timed(rounds, lambda: DawidSkene(n_iter=20, tol=0).fit(frame))


def crowdkit_one_coin(data, rounds):
    from crowdkit.aggregation import OneCoinDawidSkene

    frame = labels_frame(data)
    return timed(rounds, lambda: OneCoinDawidSkene(n_iter=20, tol=0).fit(frame))


def crowdkit_mace(data, rounds):
    from crowdkit.aggregation import MACE

    frame = labels_frame(data)
    return timed(1, lambda: MACE(n_restarts=1, n_iter=20).fit(frame))


def ours(folder):
    tiebreak = os.environ.get("TIEBREAK", str(ROOT / "tiebreak"))
    said = subprocess.run([tiebreak, "bench", "statistics", "--write", str(folder), "--json"],
                          stdout=subprocess.PIPE, check=True, text=True).stdout
    return [json.loads(line) for line in said.splitlines()]


def peer(name, folder, rounds, patience):
    try:
        child = subprocess.run(
            [sys.executable, __file__, "--child", name, "--data", str(folder), "--rounds", str(rounds)],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, timeout=patience)
    except subprocess.TimeoutExpired:
        return {"failed": f"not done after {patience:.0f} s, reading and preparing included"}
    return json.loads(child.stdout) if child.returncode == 0 else {"failed": child.stderr.strip().splitlines()[-1]}


def main(rounds, patience):
    with tempfile.TemporaryDirectory() as work:
        folder = pathlib.Path(work)
        print(f"{'work':<28}{'ours ms':>10}  {'peer':<26}{'peer ms':>12}{'ratio':>9}{'peer MB':>9}")
        for row in ours(folder):
            name = row["work"]
            print(f"{name:<28}{row['milliseconds']:>10.1f}  {ALONE.get(name, '')}", flush=True)
            for one in PEERS.get(name, []):
                measured = peer(one, folder, rounds, patience)
                if "failed" in measured:
                    print(f"{'':<40}{one:<26} {measured['failed']}")
                else:
                    print(f"{'':<40}{one:<26}{measured['milliseconds']:>12.1f}"
                          f"{measured['milliseconds'] / row['milliseconds']:>9.1f}{measured['peak_mb']:>9.0f}", flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--patience", type=float, default=600, help="seconds that a peer may take")
    parser.add_argument("--child", help=argparse.SUPPRESS)
    parser.add_argument("--data", type=pathlib.Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        seconds = globals()[options.child](options.data, options.rounds)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(json.dumps({"milliseconds": 1000 * seconds, "peak_mb": peak}))
    else:
        main(options.rounds, options.patience)
