/// Projects, prompts and completions with provenance; import with located problems.
@ApplicationModule(allowedDependencies = {"shell", "account"})
@NullMarked
package dev.tiebreak.studio.dataset;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
