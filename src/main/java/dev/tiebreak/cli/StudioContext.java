package dev.tiebreak.cli;

import dev.tiebreak.studio.TiebreakApplication;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/// The studio's rooms without its web server, for commands that work on its database.
final class StudioContext {
    /// Flow wants a web server.
    private static final String FLOW = "com.vaadin.flow.spring.SpringBootAutoConfiguration,"
            + "com.vaadin.flow.spring.SpringSecurityAutoConfiguration,com.vaadin.flow.spring.VaadinScopesConfig";

    private StudioContext() {}

    /// What Spring would log about a start that failed is said in one line instead.
    private static final Map<String, Object> QUIET_FAILURE = Map.of(
            "logging.level.org.springframework.boot.SpringApplication", "off",
            "logging.level.org.springframework.boot.diagnostics", "off",
            "logging.level.org.springframework.boot.web.server", "error",
            "logging.level.org.springframework.context", "error",
            "logging.level.com.zaxxer.hikari.pool.HikariPool", "off");

    /// Opens the studio on a data folder; close it when the command is done.
    ///
    /// @throws CommandException when the folder is not writable or its database is in use
    static ConfigurableApplicationContext open(Path data) {
        StudioDatabase database = StudioDatabase.chosen(List.of());
        DataFolder folder = DataFolder.prepare(data, database);
        return start(
                new SpringApplicationBuilder(TiebreakApplication.class)
                        .web(WebApplicationType.NONE)
                        .properties(Map.of("tiebreak.background", "false", "spring.autoconfigure.exclude", FLOW)),
                folder,
                database,
                List.of("--tiebreak.demo=false", "--logging.level.root=error", "--logging.level.dev.tiebreak=warn"));
    }

    /// Starts the application on a folder and a database.
    ///
    /// @throws CommandException when it cannot start for a reason that a person can mend
    static ConfigurableApplicationContext start(
            SpringApplicationBuilder studio, DataFolder folder, StudioDatabase database, List<String> options) {
        String[] arguments = Stream.of(
                        Stream.of("--tiebreak.data=" + folder.path()), database.springOptions(), options.stream())
                .flatMap(Function.identity())
                .toArray(String[]::new);
        try {
            return studio.properties(QUIET_FAILURE).logStartupInfo(false).run(arguments);
        } catch (RuntimeException e) {
            throw new StartFailure(database.name(folder))
                    .explain(e)
                    .<RuntimeException>map(Function.identity())
                    .orElse(e);
        }
    }
}
