/// The pages on which rubrics and their versions are read.
@NullMarked
package dev.tiebreak.studio.rubric.ui;

import org.jspecify.annotations.NullMarked;
