package dev.tiebreak.studio.testing;

import dev.tiebreak.studio.account.Role;
import java.util.Arrays;
import java.util.function.Supplier;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;

/// Lets a test act as somebody with some roles.
public final class Roles {

    private Roles() {}

    public static <T> T as(Supplier<T> deed, Role... roles) {
        String[] authorities =
                Arrays.stream(roles).map(role -> "ROLE_" + role.name()).toArray(String[]::new);
        SecurityContextHolder.getContext()
                .setAuthentication(new TestingAuthenticationToken("somebody", "", authorities));
        try {
            return deed.get();
        } finally {
            SecurityContextHolder.clearContext();
        }
    }
}
