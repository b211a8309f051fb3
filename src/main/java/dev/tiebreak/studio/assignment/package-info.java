/// Who judges which comparison next: overlap, gold and repeat items, side placement, leases.
@ApplicationModule(allowedDependencies = {"shell", "account", "rubric", "dataset"})
@NullMarked
package dev.tiebreak.studio.assignment;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
