package dev.tiebreak.studio.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiebreak.studio.testing.OnH2;
import dev.tiebreak.studio.testing.OnPostgres;
import java.time.OffsetDateTime;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.crypto.password.PasswordEncoder;

abstract class AccountTests {
    @Autowired
    AccountService accounts;

    @Autowired
    OneTimeLinks links;

    @Autowired
    UserDetailsService signIn;

    @Autowired
    PasswordEncoder passwords;

    @Autowired
    JdbcClient database;

    @Test
    void a_person_signs_in_with_a_password_that_is_stored_as_a_hash() {
        Account account = accounts.create(new NewAccount(unique(), "Grace", Set.of(Role.DATA_LEAD)));
        accounts.setPassword(account.id(), "correct horse");

        var details = signIn.loadUserByUsername(account.username().toUpperCase());
        assertThat(details.getPassword()).startsWith("{bcrypt}").doesNotContain("correct horse");
        assertThat(passwords.matches("correct horse", details.getPassword())).isTrue();
        assertThat(details.getAuthorities()).extracting("authority").contains("ROLE_DATA_LEAD");
    }

    @Test
    void a_person_without_a_password_cannot_sign_in() {
        Account account = accounts.create(new NewAccount(unique(), "Grace", Set.of(Role.DATA_LEAD)));
        assertThatThrownBy(() -> signIn.loadUserByUsername(account.username()))
                .isInstanceOf(UsernameNotFoundException.class);
    }

    @Test
    void a_user_name_is_taken_once_whatever_its_case() {
        String name = unique();
        accounts.create(new NewAccount(name, "Grace", Set.of(Role.ANNOTATOR)));
        assertThatThrownBy(() -> accounts.create(new NewAccount(name.toUpperCase(), "Grace", Set.of(Role.ANNOTATOR))))
                .isInstanceOf(InvalidAccountException.class)
                .hasMessageContaining("is taken");
    }

    @Test
    void a_welcome_link_sets_one_password_and_is_void_afterwards() {
        Account account = accounts.create(new NewAccount(unique(), "Grace", Set.of(Role.ANNOTATOR)));
        String token = links.welcomePath(account.id()).substring("/welcome/".length());

        assertThat(links.welcomed(token)).contains(account);
        links.choosePassword(token, "a long password");
        assertThat(signIn.loadUserByUsername(account.username())).isNotNull();
        assertThatThrownBy(() -> links.choosePassword(token, "another password"))
                .hasMessageContaining("has been used");
        assertThat(database.sql("select count(*) from welcome_link where token_hash = ?")
                        .param(token)
                        .query(Long.class)
                        .single())
                .as("the token itself is never stored")
                .isZero();
    }

    @Test
    void the_setup_link_creates_the_first_administrator_and_the_last_one_stays() {
        String token = links.setupPath().orElseThrow().substring("/setup/".length());
        Account administrator =
                links.setUp(token, new NewAccount(unique(), "Grace", Set.of(Role.ADMINISTRATOR)), "a long password");

        assertThat(links.setupPath()).isEmpty();
        assertThat(links.isSetupToken(token)).isFalse();
        assertThatThrownBy(() -> accounts.change(administrator.id(), Set.of(Role.ANNOTATOR), true))
                .hasMessageContaining("last administrator");
        assertThatThrownBy(() -> accounts.change(administrator.id(), Set.of(Role.ADMINISTRATOR), false))
                .hasMessageContaining("last administrator");
    }

    @Test
    void a_welcome_link_expires() {
        Account account = accounts.create(new NewAccount(unique(), "Grace", Set.of(Role.ANNOTATOR)));
        String token = links.welcomePath(account.id()).substring("/welcome/".length());
        database.sql("update welcome_link set expires_at = ? where account_id = ?")
                .params(
                        OffsetDateTime.parse("2020-01-01T00:00:00Z"),
                        account.id().value())
                .update();
        assertThat(links.welcomed(token)).isEmpty();
        assertThatThrownBy(() -> links.choosePassword(token, "a long password")).hasMessageContaining("has expired");
    }

    @Test
    void a_password_has_a_length_that_the_hash_takes_into_account() {
        Account account = accounts.create(new NewAccount(unique(), "Grace", Set.of(Role.ANNOTATOR)));
        accounts.setPassword(account.id(), "ä".repeat(36)); // 72 bytes
        assertThatThrownBy(() -> accounts.setPassword(account.id(), "ä".repeat(37)))
                .isInstanceOf(InvalidAccountException.class)
                .hasMessage("A password has at most 72 bytes.");
        assertThatThrownBy(() -> accounts.setPassword(account.id(), "too short"))
                .isInstanceOf(InvalidAccountException.class)
                .hasMessage("A password has at least 10 characters.");
    }

    private static String unique() {
        return "p" + UUID.randomUUID();
    }
}

@OnH2
class AccountOnH2Test extends AccountTests {}

@OnPostgres
class AccountOnPostgresTest extends AccountTests {}
