/// Training runs: settings, run folder, optimiser, and one class per method.
@NullMarked
package dev.tiebreak.rlhf.trainer;

import org.jspecify.annotations.NullMarked;
