/// Training runs: configure, queue, run, watch, cancel, resume.
@ApplicationModule(allowedDependencies = {"shell", "account", "preference", "registry"})
@NullMarked
package dev.tiebreak.studio.training;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
