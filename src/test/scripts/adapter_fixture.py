"""Writes the oracle for low-rank adapters with PyTorch, transformers and peft, on the checkpoints of model_fixture.py.

    pip install torch==2.7.1 transformers==5.24.0 peft==0.21.2
    python src/test/scripts/adapter_fixture.py

src/test/resources/rlhf/adapter then holds adapters as peft saves them, each with its oracle.json: logits with the
adapter, loss and the norm of every gradient, and logits of the model that peft merges the adapter into. A base lies
beside its adapters, so that base_model_name_or_path is one step away.
"""
import json
import pathlib
import random
import re
import shutil

import torch
from peft import LoraConfig, get_peft_model
from torch.nn import functional as F
from transformers import AutoModelForCausalLM, AutoModelForSequenceClassification

BASES = pathlib.Path(__file__).parents[1] / "resources" / "rlhf" / "model"
FOLDER = pathlib.Path(__file__).parents[1] / "resources" / "rlhf" / "adapter"
ATTENTION = ["q_proj", "v_proj"]
EVERY = "all-linear"

ADAPTERS = {
    "lora": ("llama-tied", dict(r=4, lora_alpha=6, target_modules=ATTENTION)),
    "rslora-patterns": ("llama-biased", dict(r=4, lora_alpha=8, use_rslora=True, target_modules=EVERY,
                                             rank_pattern={"k_proj": 2, "model.layers.1.mlp.up_proj": 3},
                                             alpha_pattern={"k_proj": 5, "layers.0.self_attn.v_proj": 1})),
    "dora": ("qwen3", dict(r=3, lora_alpha=6, use_dora=True, target_modules=EVERY)),
    "dora-biased": ("qwen2", dict(r=2, lora_alpha=2, use_dora=True, target_modules=["q_proj", "o_proj", "down_proj"])),
    "lora-gpt2": ("gpt2", dict(r=4, lora_alpha=8, fan_in_fan_out=True, target_modules=["c_attn", "mlp.c_proj"])),
    "dora-gpt2": ("gpt2", dict(r=2, lora_alpha=4, fan_in_fan_out=True, use_dora=True,
                               target_modules=["c_attn", "c_proj", "c_fc"])),
    "one-layer": ("gemma2", dict(r=2, lora_alpha=4, target_modules=["q_proj", "gate_proj"], layers_to_transform=[1])),
    "reward": ("qwen2", dict(r=4, lora_alpha=8, target_modules=EVERY, task_type="SEQ_CLS")),
    "dora-reward": ("gpt2", dict(r=2, lora_alpha=4, fan_in_fan_out=True, use_dora=True, target_modules=EVERY,
                                 task_type="SEQ_CLS")),
}


def numbers(tensor):
    return [float(f"{value:.7g}") for value in tensor.detach().flatten().tolist()]


def tokens(rng, length):
    return [rng.randrange(0, 256) for _ in range(length)]


def saved_name(parameter):
    name = re.sub(r"\.lora_magnitude_vector\.default\.weight$", ".lora_magnitude_vector", parameter)
    return name.replace(".default.", ".").replace(".modules_to_save.", ".")


def logits(model, sequences):
    with torch.no_grad():
        return [numbers(model(torch.tensor([ids])).logits[0, -1]) for ids in sequences]


def loss_of(model, rng, reward):
    """A preference loss of one pair, on scores or on the summed log-probabilities."""
    values = []
    rows = [tokens(rng, 12), tokens(rng, 9)]
    for ids in rows:
        out = model(torch.tensor([ids])).logits[0]
        if reward:
            values.append(out[0])
        else:
            every = F.log_softmax(out[:-1], dim=-1)
            values.append(every.gather(1, torch.tensor(ids)[1:, None])[4:].sum())
    return rows, values, -F.logsigmoid(0.1 * (values[0] - values[1]))


def write(name, base, settings):
    torch.manual_seed(len(name))
    reward = settings.get("task_type") == "SEQ_CLS"
    if reward:
        model = AutoModelForSequenceClassification.from_pretrained(BASES / base, num_labels=1)
    else:
        settings = dict(task_type="CAUSAL_LM", **settings)
        model = AutoModelForCausalLM.from_pretrained(
            BASES / base, attn_implementation="eager" if base == "gemma2" else "sdpa")
    model = get_peft_model(model.float().eval(), LoraConfig(lora_dropout=0.0, **settings)).eval()
    with torch.no_grad():
        for parameter_name, parameter in model.named_parameters():
            if parameter.requires_grad:  # zeros would hide a mistake
                parameter.add_(0.3 * torch.randn_like(parameter))
    model.peft_config["default"].base_model_name_or_path = "../" + base
    target = FOLDER / name
    model.save_pretrained(target)
    (target / "README.md").unlink(missing_ok=True)
    rng = random.Random(7)
    sequences = [tokens(rng, length) for length in (1, 6, 20)]
    rows, values, loss = loss_of(model, rng, reward)
    loss.backward()
    norms = {saved_name(key): float(f"{parameter.grad.norm().item():.7g}")
             for key, parameter in model.named_parameters() if parameter.requires_grad}
    oracle = dict(base=base, sequences=sequences, last=logits(model, sequences), rows=rows, values=numbers(
        torch.stack(values)), loss=loss.item(), gradient_norms=norms)
    oracle["merged_last"] = logits(model.merge_and_unload(), sequences)
    (target / "oracle.json").write_text(json.dumps(oracle, separators=(",", ":")) + "\n")


def main():
    torch.set_num_threads(1)
    shutil.rmtree(FOLDER, ignore_errors=True)
    for name, (base, settings) in ADAPTERS.items():
        write(name, base, settings)


main()
