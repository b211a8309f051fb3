"""How fast completions are written here and by transformers' generate: the same model, prompts, greedy choice and threads.

    pip install torch==2.7.1 transformers==5.24.0
    python src/test/scripts/generation_benchmark.py --model DIR --data pairs.jsonl --threads 2

16 prompts of plain text in one batch, fp32, once SHORT and once LONG new tokens each, which no row ends before (the model is
best a fresh one, and where a row does end before, the run is refused); the difference is 16 · (LONG - SHORT) tokens, without
what starting and reading the prompts cost. Both take turns, and the best of the rounds counts.
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
BATCH = 16


def generate_with_transformers(options):
    import torch
    from transformers import AutoModelForCausalLM, AutoTokenizer

    torch.set_num_threads(options.threads)
    tokenizer = AutoTokenizer.from_pretrained(options.model, padding_side="left")
    model = AutoModelForCausalLM.from_pretrained(options.model, dtype=torch.float32)
    prompts = [json.loads(line)["prompt"] for line in open(options.data)]
    batch = tokenizer(prompts, return_tensors="pt", padding=True)
    with torch.inference_mode():
        written = model.generate(**batch, max_new_tokens=options.tokens, do_sample=False)
    written = written[:, batch["input_ids"].shape[1]:]
    for row in written.tolist():
        assert tokenizer.eos_token_id not in row, "a row ended early"
        print(json.dumps({"completion": tokenizer.decode(row, skip_special_tokens=True)}))


def measure(command, threads):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begun = time.monotonic()
    child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=os.environ | {
        "OMP_NUM_THREADS": str(threads), "OMP_WAIT_POLICY": "passive", "TOKENIZERS_PARALLELISM": "false"})
    said, problem = child.communicate()
    if child.returncode != 0:
        sys.exit(problem.decode())
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    return time.monotonic() - begun, processor, said.decode()


def main(options):
    tiebreak = os.environ.get("TIEBREAK", str(ROOT / "tiebreak"))
    rows = [json.loads(line) for line in pathlib.Path(options.data).read_text().splitlines()]
    rows = [{"prompt": row["prompt"]} for row in rows if len(row["prompt"]) < 600][:BATCH]
    best, texts = {}, {}
    with tempfile.TemporaryDirectory() as work:
        data = pathlib.Path(work, "prompts.jsonl")
        data.write_text("".join(json.dumps(row) + "\n" for row in rows))

        def run(kind, tokens):
            if kind == "Tiebreak":
                command = [tiebreak, "generate", "--model", options.model, "--prompts", str(data), "--max-new-tokens",
                           str(tokens), "--temperature", "0", "--json"]
            else:
                command = [sys.executable, __file__, "--child", "--model", options.model, "--data", str(data),
                           "--tokens", str(tokens), "--threads", str(options.threads)]
            return measure(command, options.threads)

        for _ in range(options.rounds):
            for kind in ("Tiebreak", "transformers"):
                short, long = run(kind, options.short), run(kind, options.long)
                texts[kind] = [json.loads(line)["completion"] for line in long[2].splitlines()]
                tokens = BATCH * (options.long - options.short)
                rates = (tokens / (long[0] - short[0]), tokens / (long[1] - short[1]))
                best[kind] = tuple(map(max, rates, best.get(kind, rates)))
                print(f"{kind}: {rates[0]:.0f} tokens/s, {rates[1]:.0f} a second of processors", flush=True)
    same = sum(ours == theirs for ours, theirs in zip(texts["Tiebreak"], texts["transformers"]))
    ours, theirs = best["Tiebreak"], best["transformers"]
    print(f"best of {options.rounds}: {ours[0]:.0f} and {theirs[0]:.0f} tokens/s, {ours[0] / theirs[0]:.2f} times as fast, "
          f"{ours[1] / theirs[1]:.2f} times by processor time; {same} of {BATCH} texts are the same")


parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("--model", default=str(ROOT / "sample-data" / "model"))
parser.add_argument("--data", default=str(ROOT / "sample-data" / "preferences.jsonl"))
parser.add_argument("--threads", type=int, default=1)
parser.add_argument("--short", type=int, default=16)
parser.add_argument("--long", type=int, default=144)
parser.add_argument("--rounds", type=int, default=3)
parser.add_argument("--tokens", type=int, help=argparse.SUPPRESS)
parser.add_argument("--child", action="store_true", help=argparse.SUPPRESS)
chosen = parser.parse_args()
generate_with_transformers(chosen) if chosen.child else main(chosen)
