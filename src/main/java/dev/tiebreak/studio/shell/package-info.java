/// The frame of the app: layout, theme, error page, security headers, shared widgets.
@ApplicationModule(allowedDependencies = {})
@NullMarked
package dev.tiebreak.studio.shell;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
