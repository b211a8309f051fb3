package dev.tiebreak.studio.account;

import java.util.Set;

/// A person who can sign in. `demo` accounts have published passwords and work on the loopback address only.
public record Account(
        AccountId id, String username, String displayName, Set<Role> roles, boolean enabled, boolean demo) {
    public Account {
        roles = Set.copyOf(roles);
    }

    public boolean has(Role role) {
        return roles.contains(role);
    }
}
