"""Writes the oracle for the tokenizer tests, with Hugging Face's own libraries.

    pip install tokenizers==0.23.3 transformers==5.23.0
    python src/test/scripts/tokenizer_fixture.py

Trains a byte-level BPE on the corpus below, and stores its merges and the ids of a few texts in
src/test/resources/rlhf/tokenizer/. The Java trainer must learn the same merges from the same corpus, and the Java
tokenizer must give the same ids.
"""
import json
import pathlib

from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers

FOLDER = pathlib.Path(__file__).parents[1] / "resources" / "rlhf" / "tokenizer"
CORPUS = [
    "The cat sat on the mat, and the cat that sat there wasn't a rat.",
    "When the rain falls in the hills, the river fills; when it doesn't, we'll wait.",
    "Dogs bark at 3 in the morning. Nobody knows why, but 1234 neighbours complain!",
    "aaaa aaa aa a aaaaa  aaaa\n\n\n  indented\tby tab   and trailing spaces   ",
    "Größe und Gewicht: 12,5 kg – naïve café, 東京は大きい。 東京タワー 🙂🙂👍🏽",
    "Привет, мир! Привет всем. مرحبا بالعالم",
]
TEXTS = [
    "",
    "The cat wasn't there.",
    "  two leading spaces, two trailing  ",
    "\n\nHuman: hi\n\nAssistant: Hello!",
    "東京 🙂 naïve Привет \u00a0nbsp\u3000wide",
    "family: 👨‍👩‍👧‍👦 flag: 🇩🇪 zero\u0000byte \u200bzwsp",
    "<|im_start|>user\nhi<|im_end|>\n<|im_start|>assistant\n",
    "½ ² Ⅷ ٣ 1st it's IT'S we'Ll",
    "tabs\t\tand\r\nreturns\u2028line \u0085next",
]
SPECIAL = ["<|pad|>", "<|im_end|>", "<|im_start|>"]


def main() -> None:
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.train_from_iterator(
        CORPUS,
        trainers.BpeTrainer(
            vocab_size=340,
            min_frequency=2,
            special_tokens=SPECIAL,
            initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
            show_progress=False,
        ),
    )
    tokenizer.save(str(FOLDER / "tokenizer.json"), pretty=False)
    merges = json.loads((FOLDER / "tokenizer.json").read_text())["model"]["merges"]
    fixture = {
        "corpus": CORPUS,
        "special_tokens": SPECIAL,
        "vocab_size": tokenizer.get_vocab_size(),
        "merges": [m if isinstance(m, str) else " ".join(m) for m in merges],
        "texts": [
            {
                "text": text,
                "ids": tokenizer.encode(text, add_special_tokens=False).ids,
                "decoded": tokenizer.decode(
                    tokenizer.encode(text, add_special_tokens=False).ids, skip_special_tokens=False
                ),
            }
            for text in TEXTS
        ],
    }
    (FOLDER / "hf-tokenizers.json").write_text(json.dumps(fixture, ensure_ascii=False, indent=1) + "\n")


if __name__ == "__main__":
    main()
