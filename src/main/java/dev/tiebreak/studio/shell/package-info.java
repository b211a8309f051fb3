/// The frame of the app: layout, theme, error page, security headers, shared widgets. It is open: its widgets in `ui`
/// are for every room.
@ApplicationModule(
        type = ApplicationModule.Type.OPEN,
        allowedDependencies = {})
@NullMarked
package dev.tiebreak.studio.shell;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
