/// The annotator's screen and the append-only log of judgments.
@ApplicationModule(allowedDependencies = {"shell", "account", "rubric", "dataset", "assignment"})
@NullMarked
package dev.tiebreak.studio.judgment;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
