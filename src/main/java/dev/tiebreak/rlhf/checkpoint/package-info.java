/// Model folders as Hugging Face writes them: safetensors in and out, configuration, tokenizer files.
@NullMarked
package dev.tiebreak.rlhf.checkpoint;

import org.jspecify.annotations.NullMarked;
