package dev.tiebreak.studio.account;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/// Links that work once: the one that creates the first administrator, and those with which an invited person chooses
/// a password.
@Service
public class OneTimeLinks {
    private static final Duration WELCOME_LASTS = Duration.ofDays(7);
    private static final SecureRandom RANDOM = new SecureRandom();

    private final AccountService accounts;
    private final JdbcClient database;
    private final InstantSource clock;
    private @Nullable String setupToken; // lives as long as this process: every start prints a new one

    OneTimeLinks(AccountService accounts, JdbcClient database, InstantSource clock) {
        this.accounts = accounts;
        this.database = database;
        this.clock = clock;
    }

    /// The path that creates the first administrator; empty once there is one.
    public synchronized Optional<String> setupPath() {
        if (accounts.hasAdministrator()) {
            return Optional.empty();
        }
        if (setupToken == null) {
            setupToken = newToken();
        }
        return Optional.of("/setup/" + setupToken);
    }

    public synchronized boolean isSetupToken(String token) {
        return setupToken != null
                && !accounts.hasAdministrator()
                && MessageDigest.isEqual(
                        hash(setupToken).getBytes(StandardCharsets.US_ASCII),
                        hash(token).getBytes(StandardCharsets.US_ASCII));
    }

    /// Creates the first administrator and voids the link.
    @Transactional
    public synchronized Account setUp(String token, NewAccount administrator, String password) {
        if (!isSetupToken(token)) {
            throw new InvalidAccountException("This link has been used or has expired.");
        }
        Account account = accounts.create(administrator);
        accounts.setPassword(account.id(), password);
        return account;
    }

    /// A path, valid for seven days, under which this person chooses a password; earlier ones are voided.
    @Transactional
    public String welcomePath(AccountId account) {
        String token = newToken();
        database.sql("delete from welcome_link where account_id = ?")
                .param(account.value())
                .update();
        database.sql("insert into welcome_link (token_hash, account_id, expires_at) values (?, ?, ?)")
                .params(hash(token), account.value(), now().plus(WELCOME_LASTS))
                .update();
        return "/welcome/" + token;
    }

    /// The person a welcome link belongs to; empty when it was used, replaced or has expired.
    @Transactional(readOnly = true)
    public Optional<Account> welcomed(String token) {
        return database.sql("select account_id from welcome_link where token_hash = ? and expires_at > ?")
                .params(hash(token), now())
                .query(UUID.class)
                .optional()
                .flatMap(id -> accounts.find(new AccountId(id)));
    }

    /// Sets the password of the person the link belongs to, and voids the link.
    @Transactional
    public void choosePassword(String token, String password) {
        Account account = welcomed(token)
                .orElseThrow(() -> new InvalidAccountException("This link has been used or has expired."));
        accounts.setPassword(account.id(), password);
        database.sql("delete from welcome_link where account_id = ?")
                .param(account.id().value())
                .update();
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }

    private static String newToken() {
        byte[] bytes = new byte[24];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    static String hash(String token) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
