/// Models, losses, trainers and the sampler: a library that knows nothing of the studio.
@NullMarked
package dev.tiebreak.rlhf;

import org.jspecify.annotations.NullMarked;
