/// The way to the comparison board; the board itself is a page of its own.
@NullMarked
package dev.tiebreak.studio.judgment.ui;

import org.jspecify.annotations.NullMarked;
