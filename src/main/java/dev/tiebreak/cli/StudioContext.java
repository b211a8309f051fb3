package dev.tiebreak.cli;

import dev.tiebreak.studio.TiebreakApplication;
import java.nio.file.Path;
import java.util.Map;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/// The studio's rooms without its web server, for commands that work on its database.
final class StudioContext {
    /// Flow wants a web server.
    private static final String FLOW = "com.vaadin.flow.spring.SpringBootAutoConfiguration,"
            + "com.vaadin.flow.spring.SpringSecurityAutoConfiguration,com.vaadin.flow.spring.VaadinScopesConfig";

    private StudioContext() {}

    /// Opens the studio on a data folder; close it when the command is done.
    ///
    /// @throws CommandException when the folder is not writable or its database is in use
    static ConfigurableApplicationContext open(Path data) {
        DataFolder folder = DataFolder.prepare(data);
        if (!onPostgres()) {
            folder.requireUnlocked();
        }
        return new SpringApplicationBuilder(TiebreakApplication.class)
                .web(WebApplicationType.NONE)
                .logStartupInfo(false)
                .properties(Map.of("tiebreak.background", "false", "spring.autoconfigure.exclude", FLOW))
                .run(
                        "--tiebreak.data=" + folder.path(),
                        "--tiebreak.demo=false",
                        "--logging.level.root=error",
                        "--logging.level.dev.tiebreak=warn");
    }

    static boolean onPostgres() {
        String profiles = System.getProperty("spring.profiles.active", System.getenv("SPRING_PROFILES_ACTIVE"));
        return profiles != null && profiles.contains("postgres");
    }
}
