package dev.tiebreak.studio.preference;

import dev.tiebreak.studio.account.Role;
import java.util.Set;

/// Something a room above does with a dataset version, such as training on it; every bean of this type becomes a
/// button beside each version.
public interface DatasetVersionAction {
    String label();

    /// Where the button leads, relative to the application's root.
    String path(DatasetVersionId version);

    /// Who is shown the button.
    Set<Role> roles();
}
