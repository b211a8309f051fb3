"""Loads folders that Tiebreak trained in transformers, and compares what both compute.

    pip install torch==2.7.1 transformers==5.24.0
    ./tiebreak train rm --model sample-data/model --data sample-data/preferences.jsonl --out runs/rm --set max_steps=20
    ./tiebreak train dpo --model sample-data/model --data sample-data/preferences.jsonl --out runs/dpo \
        --set max_steps=20 --set learning_rate=2e-4
    python src/test/scripts/check_export.py --policy runs/dpo/model --reward runs/rm/model

A policy must load without a warning and write the same text, greedily, from the same conversations; a reward model must
load without a warning and give the same scores, in padded batches of four. Ends with 1 where that does not hold.
"""
import argparse
import json
import logging
import subprocess
import sys
import warnings

import torch
from transformers import AutoModelForCausalLM, AutoModelForSequenceClassification, AutoTokenizer

heard = []


class Listener(logging.Handler):
    def emit(self, record):
        heard.append(record.getMessage())


def load(cls, folder):
    model, info = cls.from_pretrained(folder, output_loading_info=True)
    wrong = {name: keys for name, keys in info.items() if keys}
    return AutoTokenizer.from_pretrained(folder), model.eval(), wrong


def tiebreak(command, *arguments):
    out = subprocess.run([*command.split(), *arguments], stdout=subprocess.PIPE, check=True, text=True).stdout
    return [json.loads(line) for line in out.splitlines()]


def ids(tokenizer, messages, prompt):
    text = tokenizer.apply_chat_template(messages, tokenize=False, add_generation_prompt=prompt)
    return tokenizer(text, add_special_tokens=False).input_ids


def check_policy(options, rows):
    tokenizer, model, wrong = load(AutoModelForCausalLM, options.policy)
    ours = tiebreak(options.command, "generate", "--model", options.policy, "--prompts", options.data,
                    "--temperature", "0", "--max-new-tokens", "60", "--json")
    same = 0
    for row, our in zip(rows, ours, strict=True):
        prompt = ids(tokenizer, row["prompt"], True)
        with torch.no_grad():
            out = model.generate(torch.tensor([prompt]), do_sample=False, max_new_tokens=60, temperature=None,
                                 top_p=None, top_k=None)
        same += tokenizer.decode(out[0, len(prompt):], skip_special_tokens=True) == our["completion"]
    print(f"policy: {same} of {len(rows)} greedy texts are the same; wrong keys: {wrong or 'none'}")
    return same == len(rows) and not wrong


def check_reward(options, rows):
    tokenizer, model, wrong = load(AutoModelForSequenceClassification, options.reward)
    ours = tiebreak(options.command, "score", "--model", options.reward, "--data", options.data, "--json")[:-1]
    worst = 0
    for begin in range(0, len(rows), 2):
        sequences = [ids(tokenizer, row["prompt"] + row[side], False)
                     for row in rows[begin:begin + 2] for side in ("chosen", "rejected")]
        longest = max(map(len, sequences))
        padded = torch.tensor([s + [model.config.pad_token_id] * (longest - len(s)) for s in sequences])
        mask = torch.tensor([[1] * len(s) + [0] * (longest - len(s)) for s in sequences])
        with torch.no_grad():
            scores = model(padded, attention_mask=mask).logits[:, 0].tolist()
        expected = [our[side] for our in ours[begin:begin + 2] for side in ("chosen", "rejected")]
        worst = max(worst, *(abs(a - b) for a, b in zip(scores, expected, strict=True)))
    print(f"reward model: scores of {2 * len(rows)} completions differ by {worst:.1e} at most; "
          f"wrong keys: {wrong or 'none'}")
    return worst < 1e-4 and not wrong


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--policy", required=True)
    parser.add_argument("--reward", required=True)
    parser.add_argument("--data", default="sample-data/heldout-preferences.jsonl")
    parser.add_argument("--command", default="./tiebreak")
    options = parser.parse_args()
    torch.set_num_threads(1)
    listener = Listener(logging.WARNING)
    for name in ("transformers", "py.warnings"):
        logging.getLogger(name).addHandler(listener)
    logging.captureWarnings(True)
    warnings.simplefilter("always")
    with open(options.data) as lines:
        rows = [json.loads(line) for line in lines]
    fine = [check_policy(options, rows), check_reward(options, rows)]
    for message in heard:
        print("warned:", message)
    sys.exit(0 if all(fine) and not heard else 1)


main()
