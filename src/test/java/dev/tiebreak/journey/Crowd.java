package dev.tiebreak.journey;

import dev.tiebreak.studio.account.Role;
import dev.tiebreak.studio.account.SystemAccount;
import dev.tiebreak.studio.assignment.CheckService;
import dev.tiebreak.studio.assignment.CheckSettings;
import dev.tiebreak.studio.assignment.GoldItem;
import dev.tiebreak.studio.assignment.GoldItem.Expected;
import dev.tiebreak.studio.dataset.Comparisons;
import dev.tiebreak.studio.dataset.ProjectId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Many annotators for a project whose work is checked.
final class Crowd {
    static final String PASSWORD = "tiebreak-annotator";

    private Crowd() {}

    /// People who may annotate, all with the password [#PASSWORD].
    ///
    /// @param hash of it, as the table keeps it; `{noop}` before the password takes no time to check
    /// @return their user names, numbered from `from` to `to`
    static List<String> of(RunningStudio studio, int from, int to, String hash) {
        JdbcClient database = studio.bean(JdbcClient.class);
        return IntStream.range(from, to)
                .mapToObj(i -> "person-" + i)
                .peek(name -> add(database, name, hash))
                .toList();
    }

    private static void add(JdbcClient database, String name, String hash) {
        UUID id = UUID.randomUUID();
        database.sql("insert into account (id, username, display_name, password_hash, enabled, demo, created_at)"
                        + " values (?, ?, ?, ?, true, false, current_timestamp)")
                .params(id, name, name, hash)
                .update();
        database.sql("insert into account_role (account_id, role) values (?, ?)")
                .params(id, Role.ANNOTATOR.name())
                .update();
    }

    /// The demo annotator's, hashed as every password is.
    static String realHash(RunningStudio studio) {
        return studio.bean(JdbcClient.class)
                .sql("select password_hash from account where username = 'annotator'")
                .query(String.class)
                .single();
    }

    /// The first comparisons become gold.
    static void check(RunningStudio studio, ProjectId project, CheckSettings settings, int gold) {
        SystemAccount.act(() -> {
            CheckService checks = studio.bean(CheckService.class);
            checks.set(project, settings);
            checks.mark(
                    project,
                    studio.bean(Comparisons.class).ids(project).stream()
                            .limit(gold)
                            .map(id -> new GoldItem(id, Expected.A, Optional.empty(), false))
                            .toList());
        });
    }
}
