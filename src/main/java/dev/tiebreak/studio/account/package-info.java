/// People, their roles, sign-in and the audit log.
@ApplicationModule(allowedDependencies = {"shell"})
@NullMarked
package dev.tiebreak.studio.account;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
