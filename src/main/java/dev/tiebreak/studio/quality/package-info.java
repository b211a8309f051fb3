/// The data lead's audit: agreement, reliability, bias, drift.
@ApplicationModule(allowedDependencies = {"shell", "account", "rubric", "dataset", "assignment", "judgment"})
@NullMarked
package dev.tiebreak.studio.quality;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
