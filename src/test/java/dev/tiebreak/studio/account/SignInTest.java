package dev.tiebreak.studio.account;

import static dev.tiebreak.studio.testing.Visitor.location;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiebreak.studio.testing.OnServer;
import dev.tiebreak.studio.testing.Visitor;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.security.core.userdetails.UsernameNotFoundException;

/// Signing in, staying in and being put out, over HTTP.
@OnServer
class SignInTest {
    private static final String PASSWORD = "a long password";

    @Autowired
    AccountService accounts;

    @Autowired
    AccountRepository repository;

    @Autowired
    AuditLog audit;

    @LocalServerPort
    int port;

    private Account person = new Account(new AccountId(new UUID(0, 0)), "", "", Set.of(), true, false);
    private Visitor visitor = Visitor.of(0);

    @BeforeEach
    void a_data_lead_has_an_account() {
        person = accounts.create(
                new NewAccount("lead-" + UUID.randomUUID(), "Grace", EnumSet.of(Role.DATA_LEAD, Role.ANNOTATOR)));
        accounts.setPassword(person.id(), PASSWORD);
        visitor = Visitor.of(port);
    }

    @Test
    void the_session_gets_a_new_name_when_its_owner_signs_in() {
        visitor.formToken();
        String before = visitor.cookie("TIEBREAK_SESSION").orElseThrow();
        assertThat(visitor.signIn(person.username(), PASSWORD)).isEqualTo("/");
        assertThat(visitor.cookie("TIEBREAK_SESSION").orElseThrow()).isNotEqualTo(before);
    }

    @Test
    void the_session_cookie_is_out_of_reach_for_scripts_and_other_sites() {
        assertThat(visitor.get("/login").headers().allValues("Set-Cookie"))
                .singleElement()
                .asString()
                .startsWith("TIEBREAK_SESSION=")
                .contains("HttpOnly", "SameSite=Lax")
                .doesNotContain("Secure");
        assertThat(Visitor.of(port)
                        .get("/login", "X-Forwarded-For", "203.0.113.5", "X-Forwarded-Proto", "https")
                        .headers()
                        .allValues("Set-Cookie"))
                .as("behind a proxy with TLS")
                .singleElement()
                .asString()
                .contains("Secure");
    }

    @Test
    void no_address_carries_a_session() {
        assertThat(location(visitor.get("/people"))).isEqualTo("/login");
    }

    @Test
    void redirects_do_not_believe_a_forwarded_host() {
        var answer = visitor.get("/people", "X-Forwarded-Host", "evil.example", "Forwarded", "host=evil.example");
        assertThat(location(answer)).isEqualTo("/login");
    }

    @Test
    void only_our_own_pages_sign_a_person_out() {
        visitor.signIn(person.username(), PASSWORD);
        assertThat(visitor.form("/logout", Map.of()).statusCode()).isEqualTo(403);
        assertThat(visitor.get("/logout").statusCode()).isEqualTo(403);
        assertThat(visitor.get("/projects").statusCode()).isEqualTo(200);
    }

    @Test
    void whoever_guesses_must_wait_and_the_right_password_does_not_help() {
        for (int i = 0; i < SignInThrottle.FREE_FOR_AN_ACCOUNT; i++) {
            assertThat(visitor.signIn(person.username(), "guess number " + i)).isEqualTo("/login?error");
        }
        assertThat(visitor.signIn(person.username(), PASSWORD)).matches("/login\\?wait=\\d+");
        assertThat(visitor.get("/login?wait=7").body()).contains("Too many attempts. Wait 7 seconds.");
    }

    @Test
    void a_disabled_persons_session_ends_at_the_next_request() {
        visitor.signIn(person.username(), PASSWORD);
        assertThat(visitor.get("/projects").statusCode()).isEqualTo(200);
        accounts.change(person.id(), person.roles(), false);
        assertThat(location(visitor.get("/projects"))).isEqualTo("/login");
        assertThat(visitor.call("GET", "/api/board/projects/" + UUID.randomUUID(), "")
                        .statusCode())
                .isEqualTo(401);
        assertThat(visitor.signIn(person.username(), PASSWORD)).isEqualTo("/login?error");
    }

    @Test
    void a_changed_role_or_password_ends_the_sessions_made_with_the_old_one() {
        visitor.signIn(person.username(), PASSWORD);
        accounts.change(person.id(), EnumSet.of(Role.ANNOTATOR), true);
        assertThat(location(visitor.get("/projects"))).isEqualTo("/login");

        visitor.signIn(person.username(), PASSWORD);
        accounts.setPassword(person.id(), "another password");
        assertThat(location(visitor.get("/rubrics"))).isEqualTo("/login");
    }

    @Test
    void the_audit_log_tells_who_signed_in_and_who_was_refused() {
        visitor.signIn(person.username(), "not the password");
        visitor.signIn(person.username(), PASSWORD);
        accounts.change(person.id(), EnumSet.of(Role.ANNOTATOR), true);
        assertThat(audit.latest(50))
                .filteredOn(entry -> entry.subject().equals(person.username()))
                .extracting(AuditLog.Entry::action)
                .contains("account.create", "account.sign-in.refuse", "account.sign-in", "account.change");
        assertThat(audit.latest(50))
                .filteredOn(entry -> entry.action().equals("account.sign-in")
                        && entry.subject().equals(person.username()))
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.actor()).isEqualTo(person.username());
                    assertThat(entry.detail()).isEqualTo("from 127.0.0.1");
                });
    }

    @Test
    void a_demo_account_of_an_earlier_start_is_no_way_in_where_strangers_reach_the_server() throws Exception {
        Account demo = accounts.createDemo(
                new NewAccount("demo-" + UUID.randomUUID(), "Demo", Set.of(Role.ADMINISTRATOR)), PASSWORD);
        SignedIn before = (SignedIn) signIn("127.0.0.1", true).loadUserByUsername(demo.username());
        for (SignIn now : List.of(signIn("0.0.0.0", true), signIn("127.0.0.1", false), signIn("", true))) {
            assertThatThrownBy(() -> now.loadUserByUsername(demo.username()))
                    .isInstanceOf(UsernameNotFoundException.class);
            assertThat(now.isStillWelcome(before)).isFalse();
        }
        assertThat(visitor.signIn(demo.username(), PASSWORD))
                .as("this server was started without a demo")
                .isEqualTo("/login?error");
    }

    private SignIn signIn(String address, boolean demo) throws Exception {
        return new SignIn(repository, new DemoMode(demo, address));
    }
}
