package dev.tiebreak.studio.account;

import com.vaadin.flow.spring.security.VaadinSecurityConfigurer;
import dev.tiebreak.studio.shell.SecurityHeaders;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.HttpStatusEntryPoint;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;

/// Three doors: our static files (open), the board with its REST calls, and everything else, which is Flow's.
@Configuration
@ConditionalOnWebApplication // commands on the data folder have no doors
@EnableMethodSecurity(jsr250Enabled = true)
class SecurityConfiguration {
    static final String LOGIN = "/login";

    @Bean
    @Order(1)
    SecurityFilterChain staticFiles(HttpSecurity http) throws Exception {
        return http.securityMatcher("/tiebreak/**", "/studio/**")
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .headers(SecurityHeaders::strict)
                .build();
    }

    /// The strict page of the annotator. A call without a session answers 401, never a login page, so that the board
    /// can keep what is unsent and say so.
    @Bean
    @Order(2)
    SecurityFilterChain board(HttpSecurity http) throws Exception {
        PathPatternRequestMatcher api = PathPatternRequestMatcher.withDefaults().matcher("/api/**");
        return http.securityMatcher("/api/**", "/annotate/**")
                .authorizeHttpRequests(requests -> requests.requestMatchers("/annotate/**", "/api/board/**")
                        .hasAnyRole(Role.Names.ANNOTATOR, Role.Names.DATA_LEAD, Role.Names.ADMINISTRATOR)
                        .anyRequest()
                        .authenticated())
                .csrf(csrf -> csrf.spa())
                .headers(SecurityHeaders::strict)
                .exceptionHandling(problems -> problems.defaultAuthenticationEntryPointFor(
                                new HttpStatusEntryPoint(HttpStatus.UNAUTHORIZED), api)
                        .defaultAuthenticationEntryPointFor(
                                new LoginUrlAuthenticationEntryPoint(LOGIN), request -> !api.matches(request)))
                .build();
    }

    @Bean
    @Order(3)
    SecurityFilterChain flow(HttpSecurity http) throws Exception {
        return http.with(VaadinSecurityConfigurer.vaadin(), vaadin -> vaadin.loginView(LOGIN))
                .headers(SecurityHeaders::flow)
                .build();
    }
}
