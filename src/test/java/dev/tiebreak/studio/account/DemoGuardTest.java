package dev.tiebreak.studio.account;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;

/// Which names a browser may use for a server whose passwords are published.
class DemoGuardTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "LOCALHOST",
                "tiebreak.localhost",
                "127.0.0.1",
                "127.1.2.3",
                "[::1]",
                "0:0:0:0:0:0:0:1"
            })
    void this_computer_is_meant(String host) {
        assertThat(DemoMode.namesThisComputer(host)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "localhost.evil.example",
                "127.0.0.1.evil.example",
                "10.0.0.1",
                "",
                "notlocalhost"
            })
    void another_computer_could_be_meant(String host) {
        assertThat(DemoMode.namesThisComputer(host)).isFalse();
    }

    @Test
    void a_proxy_in_between_is_noticed() {
        assertThat(isMeant("127.0.0.1", "127.0.0.1")).isTrue();
        assertThat(isMeant("evil.example", "127.0.0.1"))
                .as("a name turned here")
                .isFalse();
        assertThat(isMeant("127.0.0.1", "203.0.113.5"))
                .as("sender told by a proxy")
                .isFalse();
        assertThat(isMeant("127.0.0.1", "127.0.0.1", "X-Forwarded-Proto")).isFalse();
        assertThat(isMeant("127.0.0.1", "127.0.0.1", "Via")).isFalse();
    }

    private static boolean isMeant(String host, String sender, String... headers) {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", "/login");
        request.setServerName(host);
        request.setRemoteAddr(sender);
        for (String header : headers) {
            request.addHeader(header, "something");
        }
        return DemoGuard.isMeant(request);
    }
}
