"""How much processor time a DPO step takes here and in TRL: the same model, rows, batches and thread.

    pip install torch==2.7.1 transformers==5.24.0 trl==1.16.0
    python src/test/scripts/dpo_benchmark.py

Both train the sample model in fp32 on one thread, batches of 8 pairs, with 20 and with 100 steps on as many rows as these
need; the difference of the two, over 80, is one step, without what starting costs. Processor time, for wall time depends
on what else the machine does. TRL runs as it comes (the reference is computed in every step) and with
precompute_ref_log_probs; gradient checkpointing and bf16, which are on by default, are off, since they cost time on a CPU.
"""
import json
import os
import pathlib
import resource
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).parents[3]
MODEL = ROOT / "sample-data" / "model"
BATCH = 8
SHORT, LONG = 20, 100
ROUNDS = 3


def train_with_trl(rows, precompute):
    import torch
    from datasets import Dataset
    from transformers import AutoModelForCausalLM, AutoTokenizer
    from trl import DPOConfig, DPOTrainer

    torch.set_num_threads(1)
    with open(rows) as lines:
        data = Dataset.from_list([json.loads(line) for line in lines])
    with tempfile.TemporaryDirectory() as out:
        config = DPOConfig(
            output_dir=out, per_device_train_batch_size=BATCH, num_train_epochs=1, learning_rate=2e-4, max_length=512,
            precompute_ref_log_probs=precompute, gradient_checkpointing=False, bf16=False, use_cpu=True, seed=42,
            logging_steps=1, save_strategy="no", report_to=[], disable_tqdm=True)
        model = AutoModelForCausalLM.from_pretrained(MODEL, dtype=torch.float32)
        trainer = DPOTrainer(model=model, args=config, train_dataset=data,
                             processing_class=AutoTokenizer.from_pretrained(MODEL))
        trainer.train()
        print(trainer.state.log_history[0]["loss"], file=sys.stderr)


def processor_seconds(command):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                   env=os.environ | {"OMP_NUM_THREADS": "1", "OMP_WAIT_POLICY": "passive",
                                     "TOKENIZERS_PARALLELISM": "false"})
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def main():
    tiebreak = os.environ.get("TIEBREAK", str(ROOT / "tiebreak"))
    rows = (ROOT / "sample-data" / "preferences.jsonl").read_text().splitlines(keepends=True)
    with tempfile.TemporaryDirectory() as work:
        def seconds(kind, steps, number):
            data = pathlib.Path(work, f"{steps}.jsonl")
            data.write_text("".join(rows[:steps * BATCH]))
            if kind == "Tiebreak":
                return processor_seconds([
                    tiebreak, "train", "dpo", "--model", str(MODEL), "--data", str(data),
                    "--out", f"{work}/{steps}-{number}", "--set", "num_train_epochs=1", "--set", "learning_rate=2e-4",
                    "--set", "max_length=512", "--set", f"save_steps={10 * LONG}"])
            return processor_seconds([sys.executable, __file__, "train", str(data), kind])

        best = {}
        for number in range(ROUNDS):
            for kind in ("Tiebreak", "TRL", "TRL, reference precomputed"):
                step = (seconds(kind, LONG, number) - seconds(kind, SHORT, number)) / (LONG - SHORT)
                best[kind] = min(step, best.get(kind, step))
                print(f"{kind}: {1000 * step:.0f} ms a step", flush=True)
        for kind, step in best.items():
            print(f"best of {ROUNDS}, {kind}: {1000 * step:.0f} ms, {step / best['Tiebreak']:.2f} times Tiebreak's")


if len(sys.argv) > 1:
    train_with_trl(sys.argv[2], "precomputed" in sys.argv[3])
else:
    main()
