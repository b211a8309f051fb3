/// What a model says and how a reward model scores it: sampling with a key-value cache, and scoring in batches.
@NullMarked
package dev.tiebreak.rlhf.rollout;

import org.jspecify.annotations.NullMarked;
