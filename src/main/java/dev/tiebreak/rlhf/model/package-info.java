/// Model configuration, weights by their Hugging Face names, and the TorchScript text of each architecture.
@NullMarked
package dev.tiebreak.rlhf.model;

import org.jspecify.annotations.NullMarked;
