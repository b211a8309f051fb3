package dev.tiebreak.studio.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.UUID;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/// A fresh database and data folder for every application context; one PostgreSQL server serves the whole test JVM.
final class TestDatabases {

    private TestDatabases() {}

    static final class H2 implements ApplicationContextInitializer<ConfigurableApplicationContext> {
        @Override
        public void initialize(ConfigurableApplicationContext context) {
            apply(
                    context,
                    "jdbc:h2:mem:" + UUID.randomUUID()
                            + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;DB_CLOSE_DELAY=-1",
                    "tiebreak");
        }
    }

    static final class Postgres implements ApplicationContextInitializer<ConfigurableApplicationContext> {
        @Override
        public void initialize(ConfigurableApplicationContext context) {
            String database = "t" + UUID.randomUUID().toString().replace("-", "");
            try (var connection = Server.RUNNING.getPostgresDatabase().getConnection();
                    var statement = connection.createStatement()) {
                statement.execute("create database " + database);
            } catch (SQLException e) {
                throw new IllegalStateException("embedded PostgreSQL refused to create " + database, e);
            }
            apply(context, Server.RUNNING.getJdbcUrl("postgres", database), "postgres");
        }
    }

    private static void apply(ConfigurableApplicationContext context, String url, String user) {
        TestPropertyValues.of(
                        "spring.datasource.url=" + url,
                        "spring.datasource.username=" + user,
                        "spring.datasource.password=",
                        "spring.datasource.hikari.maximum-pool-size=8",
                        "tiebreak.data=" + temporaryFolder(),
                        "tiebreak.demo=false")
                .applyTo(context);
    }

    private static Path temporaryFolder() {
        try {
            return Files.createTempDirectory("tiebreak-test-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Started at the first use, stopped with the JVM.
    private static final class Server {
        static final EmbeddedPostgres RUNNING = start();

        private static EmbeddedPostgres start() {
            try {
                EmbeddedPostgres server = EmbeddedPostgres.builder()
                        .setServerConfig("max_connections", "200")
                        .start();
                Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                    try {
                        server.close();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }));
                return server;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
