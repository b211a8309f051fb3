package dev.tiebreak.studio.account;

import java.util.function.Supplier;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;

/// The studio itself, for what it does without a person, such as loading the sample data. It may do what an
/// administrator may, and the audit log calls it "system".
public final class SystemAccount {
    static final String NAME = "system";

    private SystemAccount() {}

    public static void act(Runnable deed) {
        act(() -> {
            deed.run();
            return NAME;
        });
    }

    /// Does something as the studio itself; whoever was signed in on this thread is so again afterwards.
    public static <T> T act(Supplier<T> deed) {
        SecurityContext before = SecurityContextHolder.getContext();
        SecurityContextHolder.setContext(new SecurityContextImpl(UsernamePasswordAuthenticationToken.authenticated(
                NAME, "", AuthorityUtils.createAuthorityList("ROLE_" + Role.Names.ADMINISTRATOR))));
        try {
            return deed.get();
        } finally {
            SecurityContextHolder.setContext(before);
        }
    }
}
