package dev.tiebreak.studio.account;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/// While published passwords work, answers only those who ask for this very computer: not a reverse proxy that somebody
/// put in front, nor a foreign page whose name was turned to the loopback address.
@Component
@ConditionalOnWebApplication
@Order(Ordered.HIGHEST_PRECEDENCE)
class DemoGuard extends OncePerRequestFilter {
    private static final List<String> TRACES_OF_A_PROXY =
            List.of("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "Via");

    private final DemoMode demo;

    DemoGuard(DemoMode demo) {
        this.demo = demo;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (demo.isOn() && !isMeant(request)) {
            response.setStatus(HttpStatus.MISDIRECTED_REQUEST.value());
            response.setContentType("text/plain;charset=UTF-8");
            response.getWriter()
                    .println("The demo sign-ins work on this computer only. Behind a proxy start with --no-demo.");
        } else {
            chain.doFilter(request, response);
        }
    }

    static boolean isMeant(HttpServletRequest request) {
        return DemoMode.namesThisComputer(request.getServerName())
                && DemoMode.namesThisComputer(request.getRemoteAddr()) // Tomcat took it from the proxy's header
                && TRACES_OF_A_PROXY.stream().allMatch(header -> request.getHeader(header) == null);
    }
}
