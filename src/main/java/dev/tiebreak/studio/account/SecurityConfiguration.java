package dev.tiebreak.studio.account;

import com.vaadin.flow.spring.security.VaadinSecurityConfigurer;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.access.AccessDeniedHandlerImpl;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.authentication.HttpStatusEntryPoint;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.security.web.authentication.UsernamePasswordAuthenticationFilter;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;

/// Three doors: our static files (open), the board with its REST calls, and everything else, which is Flow's.
@Configuration
@ConditionalOnWebApplication // commands on the data folder have no doors
@EnableMethodSecurity(jsr250Enabled = true)
class SecurityConfiguration {
    static final String LOGIN = "/login";

    /// An error page says nothing that needs a role; without this, whoever is not signed in would see the sign-in page
    /// instead of it.
    @Bean
    @Order(0)
    SecurityFilterChain errorPages(HttpSecurity http) throws Exception {
        return http.securityMatcher(request -> request.getDispatcherType() == DispatcherType.ERROR)
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .build();
    }

    @Bean
    @Order(1)
    SecurityFilterChain staticFiles(HttpSecurity http) throws Exception {
        return http.securityMatcher("/tiebreak/**", "/studio/**")
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .build();
    }

    /// The strict page of the annotator. A call without a session answers 401, never a login page, so that the board
    /// can keep what is unsent and say so. Whoever may not annotate is shown the board too: it says so.
    @Bean
    @Order(2)
    SecurityFilterChain board(HttpSecurity http, SignIn signIn) throws Exception {
        PathPatternRequestMatcher api = PathPatternRequestMatcher.withDefaults().matcher("/api/**");
        return http.securityMatcher("/api/**", "/annotate/{project}")
                .authorizeHttpRequests(requests -> requests.requestMatchers("/annotate/{project}", "/api/board/**")
                        .hasAnyRole(Role.Names.ANNOTATOR, Role.Names.DATA_LEAD, Role.Names.ADMINISTRATOR)
                        .anyRequest()
                        .authenticated())
                .csrf(csrf -> csrf.spa().csrfTokenRepository(tokenForOurScript()))
                .addFilterBefore(new EndedSessions(signIn), AnonymousAuthenticationFilter.class)
                .exceptionHandling(problems -> problems.defaultAuthenticationEntryPointFor(
                                new HttpStatusEntryPoint(HttpStatus.UNAUTHORIZED), api)
                        .defaultAuthenticationEntryPointFor(
                                new LoginUrlAuthenticationEntryPoint(LOGIN), request -> !api.matches(request))
                        .defaultAccessDeniedHandlerFor(SecurityConfiguration::forbid, api)
                        .defaultAccessDeniedHandlerFor(boardThatSaysSo(), request -> !api.matches(request)))
                .build();
    }

    private static void forbid(HttpServletRequest request, HttpServletResponse response, AccessDeniedException problem)
            throws IOException {
        response.setStatus(HttpServletResponse.SC_FORBIDDEN);
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.getWriter()
                .write("{\"detail\":\"Your account may not do this, or the page is outdated: load it again.\"}");
    }

    private static AccessDeniedHandler boardThatSaysSo() {
        AccessDeniedHandlerImpl handler = new AccessDeniedHandlerImpl();
        handler.setErrorPage("/tiebreak/board.html");
        return handler;
    }

    @Bean
    @Order(3)
    SecurityFilterChain flow(HttpSecurity http, SignIn signIn, SignInThrottle throttle) throws Exception {
        return http.with(VaadinSecurityConfigurer.vaadin(), vaadin -> vaadin.loginView(LOGIN))
                .addFilterBefore(new EndedSessions(signIn), AnonymousAuthenticationFilter.class)
                .addFilterBefore(new ThrottledSignIn(throttle), UsernamePasswordAuthenticationFilter.class)
                .build();
    }

    /// The board's script reads the token from this cookie and sends it back in a header.
    private static CookieCsrfTokenRepository tokenForOurScript() {
        CookieCsrfTokenRepository tokens = CookieCsrfTokenRepository.withHttpOnlyFalse();
        tokens.setCookieCustomizer(cookie -> cookie.sameSite("Lax"));
        return tokens;
    }
}
