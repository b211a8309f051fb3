/// Checkpoints with their lineage; trying a prompt on them.
@ApplicationModule(allowedDependencies = {"shell", "account", "preference"})
@NullMarked
package dev.tiebreak.studio.registry;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
