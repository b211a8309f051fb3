"""Writes the oracle for supervised and preference losses with TRL's own trainers: loss, metrics and every weight's gradient
norm of one batch, under every loss that TRL has.

    pip install torch==2.7.1 transformers==5.24.0 trl==1.16.0
    python src/test/scripts/trl_fixture.py

Needs the checkpoint `llama-tied` that model_fixture.py writes. src/test/resources/rlhf/model/trl.json then holds the rows'
token ids, the reference's log-probabilities, and one entry for each loss.
"""
import json
import os
import pathlib
import random
import tempfile

os.environ["CUDA_VISIBLE_DEVICES"] = ""
os.environ["TRL_EXPERIMENTAL_SILENCE"] = "1"

import torch
from datasets import Dataset
from torch.nn import functional as F
from transformers import AutoModelForCausalLM, PreTrainedTokenizerFast
from trl import DPOConfig, DPOTrainer, KTOConfig, KTOTrainer, SFTConfig, SFTTrainer
from trl.experimental.cpo import CPOConfig, CPOTrainer
from trl.experimental.orpo import ORPOConfig, ORPOTrainer

FOLDER = pathlib.Path(__file__).parents[1] / "resources" / "rlhf" / "model"
COMMON = dict(report_to=[], use_cpu=True, bf16=False, gradient_checkpointing=False, max_length=64, logging_steps=1,
              per_device_train_batch_size=4, disable_tqdm=True, output_dir=tempfile.mkdtemp())
DPO = [
    dict(loss_type="sigmoid"), dict(loss_type="hinge"), dict(loss_type="ipo"), dict(loss_type="sigmoid_norm"),
    dict(loss_type="exo_pair", label_smoothing=0.1), dict(loss_type="nca_pair"),
    dict(loss_type="robust", label_smoothing=0.1), dict(loss_type="bco_pair"), dict(loss_type="sppo_hard"),
    dict(loss_type="aot", label_smoothing=0.1), dict(loss_type="aot_unpaired"), dict(loss_type="apo_zero"),
    dict(loss_type="apo_down"), dict(loss_type="discopop", discopop_tau=0.5), dict(loss_type="sft"),
    dict(loss_type="sigmoid,bco_pair,sft", loss_weights="0.8,0.2,1.0"),
    dict(f_divergence_type="forward_kl"), dict(f_divergence_type="js_divergence", loss_type="sigmoid_norm"),
    dict(f_divergence_type="alpha_divergence", f_alpha_divergence_coef=0.5),
    dict(ld_alpha=0.5), dict(ld_alpha=0.25, loss_type="ipo"), dict(use_weighting=True)]
CPO = [
    dict(loss_type="sigmoid", cpo_alpha=1.0), dict(loss_type="hinge", cpo_alpha=0.5), dict(loss_type="ipo", cpo_alpha=0.0),
    dict(loss_type="simpo", beta=2.0, simpo_gamma=0.5, cpo_alpha=0.0), dict(loss_type="sigmoid", label_smoothing=0.1),
    dict(loss_type="simpo", beta=1.0, alpha=0.25, cpo_alpha=0.0)]
KTO = [dict(), dict(desirable_weight=1.2, undesirable_weight=0.8), dict(loss_type="apo_zero_unpaired")]
SFT = [dict(loss_type="nll"), dict(loss_type="dft"), dict(packing=True), dict(packing=True, loss_type="dft"),
       dict(packing=True, packing_strategy="bfd_split", max_length=14),
       dict(packing=True, packing_strategy="wrapped", max_length=14)]
SEED = 10
METRICS = ["rewards/chosen", "rewards/rejected", "rewards/margins", "rewards/accuracies", "logps/chosen", "logps/rejected",
           "logits/chosen", "logits/rejected", "entropy", "mean_token_accuracy", "nll_loss", "log_odds_ratio",
           "log_odds_chosen", "kl"]


def words(rng, least, most):
    return "".join(rng.choice("abcdefgh ") for _ in range(rng.randint(least, most)))


def model():
    return AutoModelForCausalLM.from_pretrained(FOLDER / "llama-tied", dtype=torch.float32)


def reference():
    torch.manual_seed(SEED)
    other = model()
    with torch.no_grad():
        for parameter in other.parameters():
            parameter.add_(0.02 * torch.randn_like(parameter))
    return other


def log_prob(of, prompt, completion, full=None, tail=1.0):
    """The completion's tokens, those after the first `full` counted `tail` times."""
    ids = torch.tensor([prompt + completion])
    with torch.no_grad():
        every = F.log_softmax(of(ids).logits[0, :-1].double(), dim=-1)
    tokens = every.gather(1, ids[0, 1:, None])[:, 0][len(prompt) - 1:]
    return (tokens[:full].sum() + (0 if full is None else tail * tokens[full:].sum())).item()


def reference_of_pairs(of, ids, tail):
    found = []
    for row in ids:
        shorter = min(len(row["chosen"]), len(row["rejected"]))
        found.append([log_prob(of, row["prompt"], row[side], shorter, tail) for side in ("chosen", "rejected")])
    return found


def for_trl(entry):
    made = dict(entry)
    if "," in made.get("loss_type", ""):
        made["loss_type"] = made["loss_type"].split(",")
        made["loss_weights"] = [float(weight) for weight in made["loss_weights"].split(",")]
    return made


def norms(of):
    found = {name: float(f"{parameter.grad.norm().item():.7g}") for name, parameter in of.named_parameters()
             if parameter.grad is not None}
    of.zero_grad()
    return found


def kept(metrics):
    return {name: metrics[name] for name in METRICS if name in metrics}


def latest(trainer):
    return kept({name: values[-1] for name, values in trainer._metrics["train"].items()})


def dpo(rows, tokenizer, entry):
    trainer = DPOTrainer(model=model(), ref_model=reference(), args=DPOConfig(**COMMON, **{"beta": 0.3, **for_trl(entry)}),
                         train_dataset=Dataset.from_list(rows), processing_class=tokenizer)
    trainer.model.train()
    batch = trainer.data_collator([trainer.train_dataset[i] for i in range(len(rows))])
    loss = trainer._compute_loss(trainer.model, batch, False)
    loss.backward()
    ids = [{key: trainer.train_dataset[i][f"{key}_ids"] for key in ("prompt", "chosen", "rejected")}
           for i in range(len(rows))]
    result = dict(method="dpo", reference=reference_of_pairs(reference(), ids, entry.get("ld_alpha", 1.0)), settings=dict(beta=0.3, **entry), loss=loss.item(), metrics=latest(trainer),
                  gradient_norms=norms(trainer.model))
    return result, ids


def without_reference(kind, trainer_class, config_class, rows, tokenizer, entry):
    trainer = trainer_class(model=model(), args=config_class(**COMMON, **{"beta": 0.3, **entry}),
                            train_dataset=Dataset.from_list(rows), processing_class=tokenizer)
    trainer.model.train()
    batch = trainer.data_collator([trainer.train_dataset[i] for i in range(len(rows))])
    loss, metrics = trainer.get_batch_loss_metrics(trainer.model, batch)
    loss.backward()
    metrics.pop("logits/chosen"), metrics.pop("logits/rejected")  # TRL's go over padding too
    if entry.get("cpo_alpha") == 0:
        metrics.pop("nll_loss")  # TRL logs 0 for what it has not computed
    return dict(method=kind, settings={"beta": 0.3, **entry}, loss=loss.item(), metrics=kept(metrics),
                gradient_norms=norms(trainer.model))


SIDES = ("chosen", "rejected", "chosen", "rejected")


def kto(rows, ids, tokenizer, entry):
    labelled = [dict(prompt=row["prompt"], completion=row[side], label=side == "chosen")
                for row, side in zip(rows, SIDES)]
    trainer = KTOTrainer(model=model(), ref_model=reference(), args=KTOConfig(**COMMON, **{"beta": 0.3, **entry}),
                         train_dataset=Dataset.from_list(labelled), processing_class=tokenizer)
    trainer.model.train()
    batch = trainer.data_collator([trainer.train_dataset[i] for i in range(len(rows))])
    loss = trainer._compute_loss(trainer.model, batch, False)
    loss.backward()
    metrics = latest(trainer)
    of = reference()
    logps = [[log_prob(of, row["prompt"], row[SIDES[i]]), log_prob(of, row["prompt"], ids[i - 1][SIDES[i - 1]])]
             for i, row in enumerate(ids)]
    return dict(method="kto", reference=logps, settings=dict(beta=0.3, **entry), loss=loss.item(), metrics=metrics,
                gradient_norms=norms(trainer.model))


def sft(rows, ids, tokenizer, entry):
    """The chosen and the rejected completions as texts to imitate."""
    texts = [dict(prompt=row["prompt"], completion=row[side]) for row in rows for side in ("chosen", "rejected")]
    trainer = SFTTrainer(model=model(), args=SFTConfig(**{**COMMON, **entry}), train_dataset=Dataset.from_list(texts),
                         processing_class=tokenizer)
    if "packing" not in entry:
        found = [row["input_ids"] for row in trainer.train_dataset]
        assert found == [row["prompt"] + row[side] for row in ids for side in ("chosen", "rejected")]
    trainer.model.train()
    batch = trainer.data_collator(list(trainer.train_dataset))
    loss = trainer.compute_loss(trainer.model, batch)
    loss.backward()
    metrics = dict(latest(trainer), num_tokens=trainer._metrics["train"]["num_tokens"][-1])
    return dict(method="sft", settings={"max_length": 64, **entry}, loss=loss.item(), metrics=metrics,
                gradient_norms=norms(trainer.model))


def main():
    torch.set_num_threads(1)
    rng = random.Random(3)
    tokenizer = PreTrainedTokenizerFast(tokenizer_file=str(FOLDER / "tokenizer.json"), pad_token="<|pad|>",
                                        eos_token="<|end|>")
    rows = [dict(prompt=words(rng, 3, 12), chosen=words(rng, 2, 16), rejected=words(rng, 2, 16)) for _ in range(4)]
    entries = []
    for entry in DPO:
        result, ids = dpo(rows, tokenizer, entry)
        entries.append(result)
    for entry in CPO:
        entries.append(without_reference("cpo", CPOTrainer, CPOConfig, rows, tokenizer, entry))
    entries.append(without_reference("orpo", ORPOTrainer, ORPOConfig, rows, tokenizer, dict()))
    for entry in SFT:
        entries.append(sft(rows, ids, tokenizer, entry))
    for entry in KTO:
        entries.append(kto(rows, ids, tokenizer, entry))
    (FOLDER / "trl.json").write_text(json.dumps(
        dict(rows=ids, runs=entries), separators=(",", ":")) + "\n")


main()
