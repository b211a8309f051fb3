package dev.tiebreak.studio.shell;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.List;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/// What every answer tells the browser to refuse: frames, foreign scripts, foreign images, sniffed types. It stands at
/// the server's front, so that refusals and error pages carry it too, even those of requests that no filter sees.
@Component
@ConditionalOnWebApplication
class SecurityHeaders implements WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> {
    private static final String COMMON =
            "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:;"
                    + " font-src 'self' data:; connect-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self';"
                    + " frame-ancestors 'none'; ";

    /// Our own pages need no inline script: model text is shown there.
    private static final String STRICT = COMMON + "script-src 'self'";

    /// Flow's bootstrap is an inline script and its server-sent snippets are evaluated.
    private static final String FLOW = COMMON + "script-src 'self' 'unsafe-inline' 'unsafe-eval'";

    private static final List<String> OURS = List.of("/tiebreak/", "/studio/", "/api/", "/annotate/");

    @Override
    public void customize(ConfigurableTomcatWebServerFactory server) {
        server.addEngineValves(new Front());
    }

    private static final class Front extends ValveBase {

        Front() {
            super(true); // it works before the request is handed on, so what is answered later is as good
        }

        @Override
        public void invoke(Request request, Response response) throws IOException, ServletException {
            boolean ours = OURS.stream().anyMatch(String.valueOf(request.getRequestURI())::startsWith);
            response.setHeader("Content-Security-Policy", ours ? STRICT : FLOW);
            response.setHeader("X-Content-Type-Options", "nosniff");
            response.setHeader("X-Frame-Options", "DENY"); // for browsers that do not know frame-ancestors
            response.setHeader("Referrer-Policy", "same-origin"); // the tokens in one-time links stay here
            response.setHeader("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=()");
            getNext().invoke(request, response);
        }
    }
}
