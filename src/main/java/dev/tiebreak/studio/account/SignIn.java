package dev.tiebreak.studio.account;

import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.stereotype.Service;

/// Lets people in by user name and password, and demo accounts only while the server listens on the loopback address.
@Service
class SignIn implements UserDetailsService {
    private final AccountRepository accounts;
    private final ListenAddress address;

    SignIn(AccountRepository accounts, ListenAddress address) {
        this.accounts = accounts;
        this.address = address;
    }

    @Override
    public UserDetails loadUserByUsername(String username) {
        return accounts.findByUsername(AccountService.normalised(username))
                .filter(account -> account.passwordHash != null)
                .filter(account -> !account.demo || address.isLoopback())
                .map(account -> User.withUsername(account.username)
                        .password(account.passwordHash)
                        .disabled(!account.enabled)
                        .roles(account.roles.stream().map(Role::name).toArray(String[]::new))
                        .build())
                .orElseThrow(() -> UsernameNotFoundException.fromUsername(username));
    }
}
