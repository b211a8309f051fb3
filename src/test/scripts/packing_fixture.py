"""Writes the oracle for packing: TRL's own packs of documents of random lengths.

    pip install trl==1.16.0 datasets
    python src/test/scripts/packing_fixture.py

Token ids count on from document to document, so that lengths alone tell the documents. Writes
src/test/resources/rlhf/data/packing.json: for each case the lengths, the packs' size, and each strategy's packs, of which
each document is told by its first token and its length.
"""
import json
import pathlib
import random

from datasets import Dataset
from trl import pack_dataset

FILE = pathlib.Path(__file__).parents[1] / "resources" / "rlhf" / "data" / "packing.json"
STRATEGIES = ["bfd", "bfd_split", "wrapped"]
# size of a pack, documents, longest document
CASES = [(4, 12, 6), (7, 30, 7), (16, 40, 24), (32, 60, 16), (33, 25, 80)]


def documents_of(ids, lengths):
    found, at = [], 0
    for length in lengths:
        document = ids[at:at + length]
        assert document == list(range(document[0], document[0] + length))
        found.append([document[0], length])
        at += length
    return found


def packs(documents, size, strategy):
    packed = pack_dataset(Dataset.from_dict({"input_ids": documents}), size, strategy)
    lengths = packed["seq_lengths"] if strategy != "wrapped" else [[len(ids)] for ids in packed["input_ids"]]
    return [documents_of(ids, each) for ids, each in zip(packed["input_ids"], lengths)]


def case(rng, size, count, longest):
    lengths = [rng.randint(1, longest) for _ in range(count)]
    documents, at = [], 0
    for length in lengths:
        documents.append(list(range(at, at + length)))
        at += length
    return dict(size=size, lengths=lengths, packs={each: packs(documents, size, each) for each in STRATEGIES})


def main():
    rng = random.Random(7)
    FILE.parent.mkdir(exist_ok=True)
    FILE.write_text(json.dumps([case(rng, *each) for each in CASES], separators=(",", ":")) + "\n")


main()
