/// Reads, versions, diffs and shows rubrics and their criteria.
@ApplicationModule(allowedDependencies = {"shell", "account"})
@NullMarked
package dev.tiebreak.studio.rubric;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
