package dev.tiebreak.studio.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiebreak.studio.testing.OnServer;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

/// Every answer, the unhappy ones included, tells the browser what to refuse, and nothing about our insides.
@OnServer
class SecurityHeadersTest {
    @LocalServerPort
    int port;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/login", // a page of Flow's
                "/", // a redirect
                "/tiebreak/board.js", // files of ours
                "/studio/studio.css",
                "/annotate/6d0f4c57-6a0e-4d6e-8d43-1f2a3b4c5d6e",
                "/api/board/projects/6d0f4c57-6a0e-4d6e-8d43-1f2a3b4c5d6e", // 401
                "/tiebreak/missing-zebra.js", // 404
                "/VAADIN/build/missing-zebra.js",
                "/setup/wrong-zebra",
                "/missing-zebra",
                "/zebra;x=1", // what Spring Security's firewall refuses
                "/zebra//../x",
                "/zebra|", // what Tomcat refuses before any filter of ours
                "/%00zebra",
                "/login?v-r=uidl",
                "/login?v-r=heartbeat&zebra"
            })
    void every_answer_carries_the_headers_and_repeats_nothing(String path) throws IOException {
        String answer = answer(path);
        int end = answer.indexOf("\r\n\r\n");
        String headers = answer.substring(0, end);
        assertThat(headers)
                .contains(
                        "Content-Security-Policy: default-src 'self';",
                        "frame-ancestors 'none'",
                        "object-src 'none'",
                        "X-Content-Type-Options: nosniff",
                        "X-Frame-Options: DENY",
                        "Referrer-Policy: same-origin",
                        "Permissions-Policy: ")
                .doesNotContainIgnoringCase("Server:", "X-Powered-By");
        boolean strict = path.matches("/(tiebreak|studio|api|annotate)/.*");
        assertThat(headers.contains("'unsafe-eval'")).isEqualTo(!strict);
        assertThat(answer.substring(end)).doesNotContain("Exception", "\tat ", "Tomcat", "Spring");
        if (!headers.startsWith("HTTP/1.1 200")) {
            assertThat(answer.substring(end)).doesNotContain("zebra");
        }
    }

    /// Written by hand: an HTTP client would not let such addresses out.
    private String answer(String path) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.getOutputStream()
                    .write("GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/html\r\nConnection: close\r\n\r\n"
                            .formatted(path)
                            .getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
