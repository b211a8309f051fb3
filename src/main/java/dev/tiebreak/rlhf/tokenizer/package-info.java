/// Text to token ids and back: tokenizer.json, chat templates, and the training of byte-level BPE.
@NullMarked
package dev.tiebreak.rlhf.tokenizer;

import org.jspecify.annotations.NullMarked;
