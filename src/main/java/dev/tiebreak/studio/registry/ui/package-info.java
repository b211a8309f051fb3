/// The pages on which checkpoints are listed, read, added and tried.
@NullMarked
package dev.tiebreak.studio.registry.ui;

import org.jspecify.annotations.NullMarked;
