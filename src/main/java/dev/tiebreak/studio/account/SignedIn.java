package dev.tiebreak.studio.account;

import java.util.List;
import java.util.Objects;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.userdetails.User;

/// A person as their session knows them. The stamp says what the account was like when they signed in.
final class SignedIn extends User {
    private static final long serialVersionUID = 1L;

    private final String stamp;

    SignedIn(AccountEntity account) {
        super(
                account.username,
                Objects.requireNonNull(account.passwordHash),
                account.enabled,
                true,
                true,
                true,
                authorities(account));
        this.stamp = stamp(account);
    }

    /// Whether nothing has changed since: still enabled, the same roles, the same password.
    boolean isStill(AccountEntity account) {
        return account.enabled && stamp.equals(stamp(account));
    }

    private static String stamp(AccountEntity account) {
        return OneTimeLinks.hash(account.id + " " + account.passwordHash + " " + authorities(account));
    }

    private static List<GrantedAuthority> authorities(AccountEntity account) {
        return AuthorityUtils.createAuthorityList(
                account.roles.stream().sorted().map(role -> "ROLE_" + role).toArray(String[]::new));
    }
}
