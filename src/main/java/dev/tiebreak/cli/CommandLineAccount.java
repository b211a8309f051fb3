package dev.tiebreak.cli;

import dev.tiebreak.studio.account.Role;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextHolder;

/// Whoever can read the data folder acts as an administrator; the audit log says "command line".
final class CommandLineAccount {

    private CommandLineAccount() {}

    static void signIn() {
        SecurityContextHolder.getContext()
                .setAuthentication(UsernamePasswordAuthenticationToken.authenticated(
                        "command line", "", AuthorityUtils.createAuthorityList("ROLE_" + Role.Names.ADMINISTRATOR)));
    }

    static void signOut() {
        SecurityContextHolder.clearContext();
    }
}
