/// The pages of the audit.
@NullMarked
package dev.tiebreak.studio.quality.ui;

import org.jspecify.annotations.NullMarked;
