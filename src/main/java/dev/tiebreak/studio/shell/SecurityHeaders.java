package dev.tiebreak.studio.shell;

import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;

/// What every answer tells the browser to refuse: frames, foreign scripts, foreign images, sniffed types.
public final class SecurityHeaders {
    private static final String COMMON =
            "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:;"
                    + " font-src 'self' data:; connect-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self';"
                    + " frame-ancestors 'none'; ";

    private SecurityHeaders() {}

    /// For our own pages, which need no inline script: model text is shown here.
    public static void strict(HeadersConfigurer<HttpSecurity> headers) {
        common(headers).contentSecurityPolicy(policy -> policy.policyDirectives(COMMON + "script-src 'self'"));
    }

    /// Flow's bootstrap is an inline script and its server-sent snippets are evaluated.
    public static void flow(HeadersConfigurer<HttpSecurity> headers) {
        common(headers)
                .contentSecurityPolicy(
                        policy -> policy.policyDirectives(COMMON + "script-src 'self' 'unsafe-inline' 'unsafe-eval'"));
    }

    private static HeadersConfigurer<HttpSecurity> common(HeadersConfigurer<HttpSecurity> headers) {
        return headers.referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.SAME_ORIGIN))
                .permissionsPolicyHeader(
                        policy -> policy.policy("camera=(), microphone=(), geolocation=(), payment=()"));
    }
}
