/// The only room that sees DJL: runtime and device, tensors and their scopes, TorchScript programs written from Java.
@NullMarked
package dev.tiebreak.rlhf.torch;

import org.jspecify.annotations.NullMarked;
