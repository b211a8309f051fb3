package dev.tiebreak.studio.account;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/// The people of the studio and their roles.
@Service
@Transactional
public class AccountService {
    static final int SHORTEST_PASSWORD = 10;
    static final int LONGEST_PASSWORD = 72; // bytes that bcrypt takes into account

    private final AccountRepository accounts;
    private final PasswordEncoder passwords;
    private final AuditLog audit;
    private final InstantSource clock;

    AccountService(AccountRepository accounts, PasswordEncoder passwords, AuditLog audit, InstantSource clock) {
        this.accounts = accounts;
        this.passwords = passwords;
        this.audit = audit;
        this.clock = clock;
    }

    @Transactional(readOnly = true)
    public Optional<Account> find(AccountId id) {
        return accounts.findById(id.value()).map(AccountEntity::toAccount);
    }

    @Transactional(readOnly = true)
    public Optional<Account> findByUsername(String username) {
        return accounts.findByUsername(normalised(username)).map(AccountEntity::toAccount);
    }

    /// Everybody, ordered by user name.
    @Transactional(readOnly = true)
    public List<Account> all() {
        return accounts.findAllByOrderByUsername().stream()
                .map(AccountEntity::toAccount)
                .toList();
    }

    /// Adds a person who cannot sign in until a password is set.
    ///
    /// @throws InvalidAccountException when the user name is taken
    public Account create(NewAccount wanted) {
        return create(wanted, false);
    }

    Account createDemo(NewAccount wanted, String password) {
        Account account = create(wanted, true);
        setPassword(account.id(), password);
        return account;
    }

    private Account create(NewAccount wanted, boolean demo) {
        String username = normalised(wanted.username());
        if (accounts.findByUsername(username).isPresent()) {
            throw new InvalidAccountException("The user name '" + username + "' is taken.");
        }
        AccountEntity entity = new AccountEntity();
        entity.id = UUID.randomUUID();
        entity.username = username;
        entity.displayName = wanted.displayName().strip();
        entity.enabled = true;
        entity.demo = demo;
        entity.createdAt = clock.instant();
        entity.roles = EnumSet.copyOf(wanted.roles());
        audit.record("account.create", username, "roles " + wanted.roles());
        return accounts.saveAndFlush(entity).toAccount(); // links refer to it by SQL
    }

    /// @throws InvalidAccountException when the password is too short
    public void setPassword(AccountId id, String password) {
        if (password.length() < SHORTEST_PASSWORD) {
            throw new InvalidAccountException("A password has at least " + SHORTEST_PASSWORD + " characters.");
        }
        if (password.getBytes(StandardCharsets.UTF_8).length > LONGEST_PASSWORD) {
            throw new InvalidAccountException("A password has at most " + LONGEST_PASSWORD + " bytes.");
        }
        AccountEntity entity = require(id);
        entity.passwordHash = passwords.encode(password);
        audit.record("account.password", entity.username, "");
    }

    /// @throws InvalidAccountException when nobody would be left to administer the studio
    public void change(AccountId id, Set<Role> roles, boolean enabled) {
        if (roles.isEmpty()) {
            throw new InvalidAccountException("A person needs at least one role.");
        }
        AccountEntity entity = require(id);
        boolean administers = entity.enabled && entity.roles.contains(Role.ADMINISTRATOR) && !entity.demo;
        boolean willAdminister = enabled && roles.contains(Role.ADMINISTRATOR);
        if (administers && !willAdminister && accounts.countEnabledPeopleWith(Role.ADMINISTRATOR) < 2) {
            throw new InvalidAccountException("The last administrator must stay one.");
        }
        entity.roles = EnumSet.copyOf(roles);
        entity.enabled = enabled;
        audit.record("account.change", entity.username, "roles " + roles + ", enabled " + enabled);
    }

    /// Whether a person, demo accounts not counted, can administer the studio.
    @Transactional(readOnly = true)
    public boolean hasAdministrator() {
        return accounts.countEnabledPeopleWith(Role.ADMINISTRATOR) > 0;
    }

    private AccountEntity require(AccountId id) {
        return accounts.findById(id.value())
                .orElseThrow(() -> new InvalidAccountException("There is no account " + id.value() + "."));
    }

    static String normalised(String username) {
        return username.strip().toLowerCase(Locale.ROOT);
    }
}
