package dev.tiebreak.studio.account;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/// Ends the sessions of people who were disabled, or whose roles or password changed, at their next request: whichever
/// process of the studio made the change, and whichever serves the request.
class EndedSessions extends OncePerRequestFilter {
    private final SignIn signIn;

    EndedSessions(SignIn signIn) {
        this.signIn = signIn;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        @Nullable Authentication person = SecurityContextHolder.getContext().getAuthentication();
        if (person != null && person.getPrincipal() instanceof SignedIn before && !signIn.isStillWelcome(before)) {
            @Nullable HttpSession session = request.getSession(false);
            if (session != null) {
                session.invalidate();
            }
            SecurityContextHolder.clearContext();
        }
        chain.doFilter(request, response);
    }
}
