package dev.tiebreak.studio.account;

import java.util.Optional;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;

/// The person behind the request that is being served.
@Component
public class CurrentAccount {
    private final AccountService accounts;

    CurrentAccount(AccountService accounts) {
        this.accounts = accounts;
    }

    public Optional<Account> find() {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        return authentication == null ? Optional.empty() : accounts.findByUsername(authentication.getName());
    }

    /// As the audit log names whoever acts: a user name, `command line` or `system`.
    public String actor() {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        return authentication == null ? SystemAccount.NAME : authentication.getName();
    }

    /// @throws AccessDeniedException when nobody is signed in
    public Account require() {
        return find().orElseThrow(() -> new AccessDeniedException("Nobody is signed in."));
    }
}
