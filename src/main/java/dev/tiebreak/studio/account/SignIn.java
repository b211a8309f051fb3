package dev.tiebreak.studio.account;

import java.util.Optional;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.stereotype.Service;

/// Lets people in by user name and password, and demo accounts only while there is a demo.
@Service
class SignIn implements UserDetailsService {
    private final AccountRepository accounts;
    private final DemoMode demo;

    SignIn(AccountRepository accounts, DemoMode demo) {
        this.accounts = accounts;
        this.demo = demo;
    }

    @Override
    public UserDetails loadUserByUsername(String username) {
        return find(username).map(SignedIn::new).orElseThrow(() -> UsernameNotFoundException.fromUsername(username));
    }

    /// Whether a person who signed in earlier may go on as they are.
    boolean isStillWelcome(SignedIn person) {
        return find(person.getUsername()).filter(person::isStill).isPresent();
    }

    private Optional<AccountEntity> find(String username) {
        return accounts.findByUsername(AccountService.normalised(username))
                .filter(account -> account.passwordHash != null)
                .filter(account -> !account.demo || demo.isOn());
    }
}
