package dev.tiebreak.studio.quality;

import dev.tiebreak.studio.account.Account;
import dev.tiebreak.studio.account.AccountService;
import dev.tiebreak.studio.account.AnnotatorId;
import dev.tiebreak.studio.dataset.ProjectId;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// What annotators are called: people of the studio, and those whose votes came with a file.
@Component
class AnnotatorNames {
    private final AccountService accounts;
    private final JdbcClient database;

    AnnotatorNames(AccountService accounts, JdbcClient database) {
        this.accounts = accounts;
        this.database = database;
    }

    Function<AnnotatorId, String> in(ProjectId project) {
        Map<UUID, String> names = new HashMap<>();
        for (Account account : accounts.all()) {
            names.put(account.id().value(), account.displayName());
        }
        database.sql("select id, external_name from imported_annotator where project_id = ?")
                .param(project.value())
                .query(row -> {
                    names.put(row.getObject("id", UUID.class), row.getString("external_name"));
                });
        return annotator -> names.getOrDefault(
                annotator.value(), annotator.value().toString().substring(0, 8));
    }
}
