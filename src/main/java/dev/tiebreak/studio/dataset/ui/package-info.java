/// The pages on which projects are made, read and filled.
@NullMarked
package dev.tiebreak.studio.dataset.ui;

import org.jspecify.annotations.NullMarked;
