package dev.tiebreak.studio.account;

import java.util.Set;
import java.util.regex.Pattern;

/// A person to be added.
///
/// @param username what they sign in with: 2–100 letters, digits, dots, dashes, underscores or an `@`
public record NewAccount(String username, String displayName, Set<Role> roles) {
    private static final Pattern USERNAME = Pattern.compile("[\\p{L}\\p{N}._@-]{2,100}");

    public NewAccount {
        if (!USERNAME.matcher(username).matches()) {
            throw new InvalidAccountException(
                    "A user name has 2 to 100 letters, digits, dots, dashes or underscores, got '" + username + "'.");
        }
        if (displayName.isBlank() || displayName.length() > 200) {
            throw new InvalidAccountException("A name has 1 to 200 characters.");
        }
        if (roles.isEmpty()) {
            throw new InvalidAccountException("A person needs at least one role.");
        }
        roles = Set.copyOf(roles);
    }
}
