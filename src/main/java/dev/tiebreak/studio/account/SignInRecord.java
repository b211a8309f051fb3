package dev.tiebreak.studio.account;

import org.springframework.context.event.EventListener;
import org.springframework.security.authentication.event.AbstractAuthenticationEvent;
import org.springframework.security.authentication.event.AbstractAuthenticationFailureEvent;
import org.springframework.security.authentication.event.AuthenticationSuccessEvent;
import org.springframework.security.authentication.event.LogoutSuccessEvent;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.stereotype.Component;

/// Writes sign-ins, refused ones and sign-outs into the audit log, and tells the throttle who was let in.
@Component
class SignInRecord {
    private final AuditLog audit;
    private final SignInThrottle throttle;

    SignInRecord(AuditLog audit, SignInThrottle throttle) {
        this.audit = audit;
        this.throttle = throttle;
    }

    @EventListener
    void on(AuthenticationSuccessEvent event) {
        throttle.succeeded(event.getAuthentication().getName(), address(event));
        record("account.sign-in", event);
    }

    @EventListener
    void on(AbstractAuthenticationFailureEvent event) {
        record("account.sign-in.refuse", event);
    }

    @EventListener
    void on(LogoutSuccessEvent event) {
        record("account.sign-out", event);
    }

    private void record(String action, AbstractAuthenticationEvent event) {
        String name = event.getAuthentication().getName();
        audit.record(name, action, name, "from " + address(event));
    }

    private static String address(AbstractAuthenticationEvent event) {
        return event.getAuthentication().getDetails() instanceof WebAuthenticationDetails details
                ? String.valueOf(details.getRemoteAddress())
                : "unknown";
    }
}
