/// The frame around every Flow view.
@NullMarked
package dev.tiebreak.studio.shell.ui;

import org.jspecify.annotations.NullMarked;
