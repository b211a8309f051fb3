"""Writes the oracle for the safetensors tests with Hugging Face's own writer.

    pip install safetensors==0.8.0 numpy==2.4.6 ml_dtypes==0.6.0
    python src/test/scripts/safetensors_fixture.py

src/test/resources/rlhf/checkpoint/hf.safetensors must be read to these values and rewritten byte for byte.
"""
import pathlib

import ml_dtypes
import numpy as np
from safetensors.numpy import save

FOLDER = pathlib.Path(__file__).parents[1] / "resources" / "rlhf" / "checkpoint"
TENSORS = {
    "b.weight": np.array([[1.0, -2.5, 3.0e-8], [0.1, 6.5e4, -0.0]], dtype=np.float32),
    "a.half": np.array([1.0, -2.5, 6e-8, 65504.0], dtype=np.float16),
    "a.brain": np.array([1.0, -2.5, 3.3895314e38], dtype=ml_dtypes.bfloat16),
    "c.ids": np.array([1, -2, 3], dtype=np.int64),
    "d.flag": np.array([True, False, True], dtype=np.bool_),
    "e.scalar": np.array(0.1, dtype=np.float64),
    "f.empty": np.zeros((0, 4), dtype=np.float32),
    "größe": np.array([7.0], dtype=np.float32),
}

FOLDER.mkdir(parents=True, exist_ok=True)
(FOLDER / "hf.safetensors").write_bytes(save(TENSORS, metadata={"format": "pt"}))
