"""Loads folders that Tiebreak trained in transformers, and compares what both compute.

    pip install torch==2.7.1 transformers==5.24.0
    ./tiebreak train rm --model sample-data/model --data sample-data/preferences.jsonl --out runs/rm --set max_steps=20
    ./tiebreak train dpo --model sample-data/model --data sample-data/preferences.jsonl --out runs/dpo \
        --set max_steps=20 --set learning_rate=2e-4
    python src/test/scripts/check_export.py --policy runs/dpo/model --reward runs/rm/model

A policy must load without a warning and write the same text, greedily, from the same conversations; a reward model must
load without a warning and give the same scores, in padded batches of four. Ends with 1 where that does not hold.

    python src/test/scripts/check_export.py --exports FOLDER --oracles src/test/resources/rlhf/model

Every folder that Tiebreak wrote from a model of model_fixture.py must load without a warning and compute what the
original did; one whose name ends in .bf16 must load without a warning and hold bfloat16.

    pip install peft==0.21.2
    python src/test/scripts/check_export.py --adapters FOLDER --oracles src/test/resources/rlhf/adapter

Every adapter that Tiebreak wrote must load on its base in peft without a warning; one from adapter_fixture.py must
compute what it did, a new one what its base does.
"""
import argparse
import json
import logging
import pathlib
import subprocess
import sys
import warnings

import torch
from transformers import AutoConfig, AutoModelForCausalLM, AutoModelForSequenceClassification, AutoTokenizer

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


def worst_of(found, expected):
    return max(abs(a - b) for a, b in zip(found, expected, strict=True))


def check_language_oracle(model, oracle):
    worst = 0
    for case in oracle["logits"]:
        with torch.no_grad():
            logits = model(torch.tensor([case["ids"]])).logits[0, case["places"]]
        worst = max(worst, worst_of(logits.flatten().tolist(), case["logits"]))
    same = True
    for case in oracle["greedy"]:
        ids = torch.tensor([case["ids"]])
        out = model.generate(ids, attention_mask=torch.ones_like(ids), do_sample=False, eos_token_id=None,
                             max_new_tokens=len(case["written"]))
        same &= out[0, ids.shape[1]:].tolist() == case["written"]
    return worst if same else float("inf")


def check_reward_oracle(model, oracle):
    sequences = [row["prompt"] + row[side] for side in ("chosen", "rejected") for row in oracle["rows"]]
    scores = []
    with torch.no_grad():
        for ids in sequences:
            scores.append(model(torch.tensor([ids])).logits[0, 0].item())
    return worst_of(scores, oracle["scores"])


def check_export(folder, oracles):
    name = folder.name.removesuffix(".bf16")
    reward = name.endswith("-reward")
    config = AutoConfig.from_pretrained(folder)
    cls = AutoModelForSequenceClassification if reward else AutoModelForCausalLM
    attention = "eager" if config.model_type == "gemma2" else "sdpa"
    model, info = cls.from_pretrained(folder, output_loading_info=True, attn_implementation=attention)
    wrong = {key: keys for key, keys in info.items() if keys}
    if folder.name.endswith(".bf16"):
        fine = model.dtype == torch.bfloat16
        said = str(model.dtype)
    else:
        oracle = json.loads((oracles / name / "oracle.json").read_text())
        worst = (check_reward_oracle if reward else check_language_oracle)(model.eval(), oracle)
        fine = worst < 1e-5
        said = f"differs by {worst:.1e} at most"
    print(f"{folder.name}: {said}; wrong keys: {wrong or 'none'}")
    return fine and not wrong


def check_adapter(folder, oracles):
    from peft import PeftConfig, PeftModel

    config = PeftConfig.from_pretrained(folder)
    base = config.base_model_name_or_path
    reward = config.task_type == "SEQ_CLS"
    if reward:
        model = AutoModelForSequenceClassification.from_pretrained(base, num_labels=1)
        heard[:] = [message for message in heard if "score.weight" not in message]  # the base has none: as it must be
    else:
        attention = "eager" if "gemma" in base else "sdpa"
        model = AutoModelForCausalLM.from_pretrained(base, attn_implementation=attention)
    oracle_file = oracles / folder.name / "oracle.json"
    sequences = [[3, 5, 7, 9]]
    if oracle_file.exists():
        oracle = json.loads(oracle_file.read_text())
        sequences, expected = oracle["sequences"], oracle["last"]
    else:
        with torch.no_grad():
            expected = [model(torch.tensor([ids])).logits[0, -1].tolist() for ids in sequences]
    model = PeftModel.from_pretrained(model, folder).eval()
    heard[:] = [message for message in heard if "is_gradient_checkpointing" not in message]  # peft's own call
    worst = 0
    for ids, row in zip(sequences, expected, strict=True):
        with torch.no_grad():
            found = model(torch.tensor([ids])).logits[0].reshape(-1, len(row))[-1]
        worst = max(worst, worst_of(found.tolist(), row))
    print(f"{folder.name}: differs by {worst:.1e} at most")
    return worst < 1e-5


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--policy")
    parser.add_argument("--reward")
    parser.add_argument("--exports", type=pathlib.Path)
    parser.add_argument("--adapters", type=pathlib.Path)
    parser.add_argument("--oracles", type=pathlib.Path)
    parser.add_argument("--data", default="sample-data/heldout-preferences.jsonl")
    parser.add_argument("--command", default="./tiebreak")
    options = parser.parse_args()
    torch.set_num_threads(1)
    listener = Listener(logging.WARNING)
    for name in ("transformers", "peft", "py.warnings"):
        logging.getLogger(name).addHandler(listener)
    logging.captureWarnings(True)
    warnings.simplefilter("always")
    if options.exports:
        fine = [check_export(folder, options.oracles) for folder in sorted(options.exports.iterdir())]
    elif options.adapters:
        fine = [check_adapter(folder, options.oracles) for folder in sorted(options.adapters.iterdir())]
    else:
        with open(options.data) as lines:
            rows = [json.loads(line) for line in lines]
        fine = [check_policy(options, rows), check_reward(options, rows)]
    for message in heard:
        print("warned:", message)
    sys.exit(0 if all(fine) and not heard else 1)


main()
