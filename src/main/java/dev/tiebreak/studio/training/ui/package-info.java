/// The pages on which runs are started and watched.
@NullMarked
package dev.tiebreak.studio.training.ui;

import org.jspecify.annotations.NullMarked;
