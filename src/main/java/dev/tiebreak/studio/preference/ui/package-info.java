/// The page on which judgments are frozen into dataset versions.
@NullMarked
package dev.tiebreak.studio.preference.ui;

import org.jspecify.annotations.NullMarked;
