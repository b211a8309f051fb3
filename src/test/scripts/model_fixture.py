"""Writes the oracle for models of every family, reward models and preference losses with PyTorch and transformers.

    pip install torch==2.7.1 transformers==5.24.0
    python src/test/scripts/model_fixture.py

src/test/resources/rlhf/model then holds a tokenizer and tiny random checkpoints as transformers saves them, each with
its oracle.json: logits, greedy continuations, scores, losses and the norm of every weight's gradient. What a family can
do is made to matter: windows are shorter than the texts, bounds of scores and logits are low.
"""
import json
import pathlib
import random

import torch
from tokenizers import Tokenizer, decoders, models, pre_tokenizers
from torch.nn import functional as F
from transformers import (AutoModelForCausalLM, AutoModelForSequenceClassification, Gemma2Config, GPT2Config,
                          LlamaConfig, Qwen2Config, Qwen3Config)

FOLDER = pathlib.Path(__file__).parents[1] / "resources" / "rlhf" / "model"
VOCABULARY = 264
TOKENS = dict(vocab_size=VOCABULARY, bos_token_id=None, eos_token_id=257, pad_token_id=256, initializer_range=0.3)
SHARED = dict(
    hidden_size=16, intermediate_size=32, num_hidden_layers=2, num_attention_heads=4, num_key_value_heads=2,
    max_position_embeddings=64, **TOKENS)
SCALED = dict(
    rope_theta=10000.0,
    rope_scaling=dict(rope_type="llama3", factor=8.0, low_freq_factor=1.0, high_freq_factor=4.0,
                      original_max_position_embeddings=16))
BETA = 0.3


def tokens(rng, length):
    return [rng.randrange(0, 256) for _ in range(length)]


def numbers(tensor):
    return [float(f"{value:.7g}") for value in tensor.detach().flatten().tolist()]


def save_tokenizer():
    letters = sorted(pre_tokenizers.ByteLevel.alphabet())
    tokenizer = Tokenizer(models.BPE(vocab={letter: i for i, letter in enumerate(letters)}, merges=[]))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.add_special_tokens(["<|pad|>", "<|end|>"])
    tokenizer.save(str(FOLDER / "tokenizer.json"), pretty=False)


def make(cls, name, config):
    torch.manual_seed(len(name))
    # scores bent towards a bound need the plain form of attention
    config._attn_implementation = "eager" if config.model_type == "gemma2" else "sdpa"
    model = cls.from_config(config).float().eval()
    with torch.no_grad():
        for parameter in model.parameters():
            if parameter.dim() == 1:  # norms that are all ones and biases that are all zeros would hide a mistake
                parameter.add_(0.1 * torch.randn_like(parameter))
    model.save_pretrained(FOLDER / name)
    (FOLDER / name / "generation_config.json").unlink(missing_ok=True)
    return model


def logits(model, rng):
    cases = []
    for length in (1, 9, 40):
        ids = tokens(rng, length)
        places = sorted({0, length // 2, length - 1})
        cases.append(dict(ids=ids, places=places, logits=numbers(model(torch.tensor([ids])).logits[0, places])))
    return cases


def greedy(model, rng):
    cases = []
    for length in (3, 20):
        ids = tokens(rng, length)
        with torch.no_grad():
            out = model.generate(torch.tensor([ids]), attention_mask=torch.ones(1, length), do_sample=False,
                                 max_new_tokens=24, eos_token_id=None, pad_token_id=256)
        cases.append(dict(ids=ids, written=out[0, length:].tolist()))
    return cases


def gradient_norms(model):
    norms = {name: float(f"{parameter.grad.norm().item():.7g}") for name, parameter in model.named_parameters()}
    model.zero_grad()
    return norms


def pairs(rng):
    return [dict(prompt=tokens(rng, p), chosen=tokens(rng, c) + [257], rejected=tokens(rng, r) + [257])
            for p, c, r in ((4, 3, 9), (11, 14, 2), (1, 6, 6))]


def log_prob(model, prompt, completion):
    ids = torch.tensor([prompt + completion])
    every = F.log_softmax(model(ids).logits[0, :-1], dim=-1)
    picked = every.gather(1, ids[0, 1:, None])[:, 0]
    return picked[len(prompt) - 1:].sum()


def dpo(model, rng):
    rows = pairs(rng)
    chosen = torch.stack([log_prob(model, row["prompt"], row["chosen"]) for row in rows])
    rejected = torch.stack([log_prob(model, row["prompt"], row["rejected"]) for row in rows])
    # nearly a uniform model's, so that no term cancels
    reference_chosen = torch.tensor([-5.6 * len(row["chosen"]) for row in rows])
    reference_rejected = torch.tensor([-5.4 * len(row["rejected"]) for row in rows])
    loss = -F.logsigmoid(BETA * (chosen - reference_chosen - rejected + reference_rejected)).mean()
    loss.backward()
    return dict(rows=rows, beta=BETA, logps_chosen=numbers(chosen), logps_rejected=numbers(rejected),
                reference_chosen=numbers(reference_chosen), reference_rejected=numbers(reference_rejected),
                loss=loss.item(), gradient_norms=gradient_norms(model))


def reward(model, rng):
    rows = pairs(rng)
    sequences = [row["prompt"] + row["chosen"] for row in rows] + [row["prompt"] + row["rejected"] for row in rows]
    longest = max(map(len, sequences))
    padded = torch.tensor([ids + [256] * (longest - len(ids)) for ids in sequences])
    mask = torch.tensor([[1] * len(ids) + [0] * (longest - len(ids)) for ids in sequences])
    scores = model(padded, attention_mask=mask).logits[:, 0]
    loss = -F.logsigmoid(scores[:3] - scores[3:]).mean()
    loss.backward()
    return dict(rows=rows, scores=numbers(scores), loss=loss.item(), gradient_norms=gradient_norms(model))


LANGUAGE = {
    "llama-tied": LlamaConfig(tie_word_embeddings=True, rms_norm_eps=1e-5, **SCALED, **SHARED),
    "llama-untied": LlamaConfig(tie_word_embeddings=False, rms_norm_eps=1e-6, head_dim=6, rope_theta=500000.0, **SHARED),
    "llama-biased": LlamaConfig(tie_word_embeddings=True, attention_bias=True, mlp_bias=True, **SHARED),
    "qwen2": Qwen2Config(tie_word_embeddings=True, rope_theta=1e6, **SHARED),
    "qwen2-windowed": Qwen2Config(tie_word_embeddings=False, use_sliding_window=True, sliding_window=7,
                                  max_window_layers=1, **SHARED),
    "qwen3": Qwen3Config(tie_word_embeddings=True, head_dim=6, rope_theta=1e6, **SHARED),
    "gpt2": GPT2Config(n_embd=16, n_layer=2, n_head=4, n_positions=64, **TOKENS),
    "gemma2": Gemma2Config(head_dim=6, query_pre_attn_scalar=10, sliding_window=7, attn_logit_softcapping=1.5,
                           final_logit_softcapping=4.0, **SHARED),
}
REWARD = {
    "llama-reward": LlamaConfig(num_labels=1, rms_norm_eps=1e-5, rope_theta=10000.0, **SHARED),
    "qwen2-reward": Qwen2Config(num_labels=1, **SHARED),
    "qwen3-reward": Qwen3Config(num_labels=1, head_dim=6, **SHARED),
    "gpt2-reward": GPT2Config(num_labels=1, n_embd=16, n_layer=2, n_head=4, n_positions=64, **TOKENS),
    "gemma2-reward": Gemma2Config(num_labels=1, head_dim=6, query_pre_attn_scalar=10, sliding_window=7,
                                  attn_logit_softcapping=1.5, **SHARED),
}


def save(name, oracle):
    (FOLDER / name / "oracle.json").write_text(json.dumps(oracle, separators=(",", ":")) + "\n")


def main():
    torch.set_num_threads(1)
    FOLDER.mkdir(parents=True, exist_ok=True)
    save_tokenizer()
    for name, config in LANGUAGE.items():
        rng = random.Random(20)
        model = make(AutoModelForCausalLM, name, config)
        save(name, dict(logits=logits(model, rng), greedy=greedy(model, rng), dpo=dpo(model, rng)))
    for name, config in REWARD.items():
        save(name, reward(make(AutoModelForSequenceClassification, name, config), random.Random(20)))


main()
