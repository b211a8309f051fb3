/// Judgments to consensus to preference pairs to a frozen, hashed, split dataset version.
@ApplicationModule(allowedDependencies = {"shell", "account", "rubric", "dataset", "judgment", "quality"})
@NullMarked
package dev.tiebreak.studio.preference;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
