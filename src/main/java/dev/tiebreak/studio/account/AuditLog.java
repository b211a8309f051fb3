package dev.tiebreak.studio.account;

import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;

/// Who did what, when: appended in the transaction of the deed, never changed.
@Component
public class AuditLog {
    private final JdbcClient database;
    private final InstantSource clock;

    AuditLog(JdbcClient database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    public record Entry(Instant at, String actor, String action, String subject, String detail) {}

    /// @param action dotted and in the imperative, such as `dataset.freeze`
    public void record(String action, String subject, String detail) {
        record(actor(), action, subject, detail);
    }

    void record(String actor, String action, String subject, String detail) {
        database.sql("insert into audit_entry (id, at, actor, action, subject, detail) values (?, ?, ?, ?, ?, ?)")
                .params(
                        UUID.randomUUID(),
                        clock.instant().atOffset(ZoneOffset.UTC),
                        cut(actor, 100),
                        action,
                        cut(subject, 300),
                        cut(detail, 4000))
                .update();
    }

    /// The newest entries first.
    public List<Entry> latest(int count) {
        return database.sql("select at, actor, action, subject, detail from audit_entry order by at desc limit ?")
                .param(count)
                .query((row, _) -> new Entry(
                        row.getObject("at", OffsetDateTime.class).toInstant(),
                        row.getString("actor"),
                        row.getString("action"),
                        row.getString("subject"),
                        row.getString("detail")))
                .list();
    }

    private static String actor() {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        return authentication == null ? SystemAccount.NAME : cut(authentication.getName(), 100);
    }

    private static String cut(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most);
    }
}
