"""What a training step takes here and in TRL: the same model, rows, batches and threads, on one machine in one sitting.

    pip install torch==2.7.1 transformers==5.24.0 trl==1.16.0
    python src/test/scripts/training_benchmark.py dpo --model DIR --data pairs.jsonl --threads 2

METHOD is dpo, rm or sft. The rows are plain prompts, chosen and rejected completions; DIR is a Hugging Face folder (for rm one
with a score head, so that both begin with the same one). Both train in fp32 on batches of 8 for one epoch, once on SHORT and
once on LONG batches of rows; the difference is LONG - SHORT steps, without what starting costs. The runs of both take turns,
and the best of the rounds counts: wall time, processor time beside it, for wall time depends on what else the machine does,
and the peak of resident memory. TRL runs as it comes (dpo computes the reference in every step), but without bf16, which
costs time on a CPU, and without gradient checkpointing unless --checkpointing gives it to both.
"""
import argparse
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).parents[3]


def train_with_trl(options):
    import torch
    from datasets import Dataset
    from transformers import AutoModelForCausalLM, AutoModelForSequenceClassification, AutoTokenizer
    import trl

    torch.set_num_threads(options.threads)
    tokenizer = AutoTokenizer.from_pretrained(options.model)
    with open(options.data) as lines:
        rows = [json.loads(line) for line in lines]
    if options.method == "sft":
        rows = [{"prompt": row["prompt"], "completion": row["chosen"]} for row in rows]
    scored = options.method == "rm"
    kind = AutoModelForSequenceClassification if scored else AutoModelForCausalLM
    model = kind.from_pretrained(options.model, dtype=torch.float32, **({"num_labels": 1} if scored else {}))
    config, trainer = {"dpo": (trl.DPOConfig, trl.DPOTrainer), "rm": (trl.RewardConfig, trl.RewardTrainer),
                       "sft": (trl.SFTConfig, trl.SFTTrainer)}[options.method]
    with tempfile.TemporaryDirectory() as out:
        arguments = config(
            output_dir=out, per_device_train_batch_size=options.batch, num_train_epochs=1, learning_rate=1e-5,
            max_length=1024, gradient_checkpointing=options.checkpointing, bf16=False, use_cpu=True, seed=42,
            logging_steps=1, save_strategy="no", report_to=[], disable_tqdm=True,
            **({"precompute_ref_log_probs": True} if options.precompute else {}))
        running = trainer(model=model, args=arguments, train_dataset=Dataset.from_list(rows), processing_class=tokenizer)
        running.train()
        print("loss", running.state.log_history[0]["loss"])


def measure(command, threads):
    begun = time.monotonic()
    child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=os.environ | {
        "OMP_NUM_THREADS": str(threads), "OMP_WAIT_POLICY": "passive", "TOKENIZERS_PARALLELISM": "false"})
    said = child.stdout.read().decode()
    _, status, usage = os.wait4(child.pid, 0)
    if status != 0:
        sys.exit(said)
    return time.monotonic() - begun, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1e6


def main(options):
    tiebreak = os.environ.get("TIEBREAK", str(ROOT / "tiebreak"))
    rows = pathlib.Path(options.data).read_text().splitlines(keepends=True)
    kinds = ["Tiebreak", "TRL"] + (["TRL, reference precomputed"] if options.method == "dpo" else [])
    best = {}
    with tempfile.TemporaryDirectory() as work:
        def run(kind, steps, number):
            data = pathlib.Path(work, f"{steps}.jsonl")
            chosen = rows[:steps * options.batch]
            if options.method == "sft" and kind == "Tiebreak":
                data = pathlib.Path(work, f"{steps}-texts.jsonl")
                chosen = [json.dumps({"prompt": row["prompt"], "completion": row["chosen"]}) + "\n"
                          for row in map(json.loads, chosen)]
            data.write_text("".join(chosen))
            settings = [f"per_device_train_batch_size={options.batch}", "num_train_epochs=1", "learning_rate=1e-5",
                        f"gradient_checkpointing={str(options.checkpointing).lower()}", "save_steps=1000"]
            if kind == "Tiebreak":
                return measure([tiebreak, "train", options.method, "--model", options.model, "--data", str(data), "--out",
                                f"{work}/{steps}-{number}"] + [x for s in settings for x in ("--set", s)], options.threads)
            return measure(
                [sys.executable, __file__, options.method, "--model", options.model, "--data", str(data), "--child",
                 "--batch", str(options.batch), "--threads", str(options.threads)]
                + (["--checkpointing"] if options.checkpointing else [])
                + (["--precompute"] if "precomputed" in kind else []), options.threads)

        for number in range(options.rounds):
            for kind in kinds:
                short, long = run(kind, options.short, number), run(kind, options.long, number)
                steps = options.long - options.short
                found = ((long[0] - short[0]) / steps, (long[1] - short[1]) / steps, long[2])
                best[kind] = tuple(map(min, found, best.get(kind, found)))
                print(f"{kind}: {found[0]:.2f} s a step, {found[1]:.2f} s of processors, {found[2]:.2f} GB", flush=True)
    ours = best["Tiebreak"]
    for kind, (wall, processor, memory) in best.items():
        print(f"best of {options.rounds}, {kind}: {options.batch / wall:.2f} rows/s, {wall / ours[0]:.2f} times Tiebreak's time, "
              f"{processor / ours[1]:.2f} of processors, {memory:.2f} GB, Tiebreak takes {ours[2] / memory:.2f} of it")


parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("method", choices=["dpo", "rm", "sft"])
parser.add_argument("--model", default=str(ROOT / "sample-data" / "model"))
parser.add_argument("--data", default=str(ROOT / "sample-data" / "preferences.jsonl"))
parser.add_argument("--batch", type=int, default=8)
parser.add_argument("--threads", type=int, default=1)
parser.add_argument("--short", type=int, default=2)
parser.add_argument("--long", type=int, default=8)
parser.add_argument("--rounds", type=int, default=3)
parser.add_argument("--checkpointing", action="store_true")
parser.add_argument("--precompute", action="store_true", help=argparse.SUPPRESS)
parser.add_argument("--child", action="store_true", help=argparse.SUPPRESS)
chosen = parser.parse_args()
train_with_trl(chosen) if chosen.child else main(chosen)
