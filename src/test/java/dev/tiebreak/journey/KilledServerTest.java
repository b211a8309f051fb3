package dev.tiebreak.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiebreak.cli.Main;
import dev.tiebreak.studio.dataset.ProjectId;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/// `kill -9` while judgments come in: what was acknowledged is there, and what is sent again counts once.
class KilledServerTest {
    private static final int COMPARISONS = 300;
    private static final int OVERLAP = 2;
    private static final int ENOUGH = 60;
    private static final List<String> PEOPLE = List.of("annotator", "lead", "admin");

    @TempDir
    Path data;

    private final List<Map<String, Object>> acknowledged = Collections.synchronizedList(new ArrayList<>());
    private final List<Map<String, Object>> unanswered = Collections.synchronizedList(new ArrayList<>());

    @Test
    void on_h2() throws Exception {
        String url = "jdbc:h2:file:" + data + "/db/tiebreak;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE";
        assertNothingIsLost(List.of(), url, "tiebreak");
    }

    @Test
    @Tag("slow") // three more starts; it is PostgreSQL's own promise that is tried here
    void on_postgresql() throws Exception {
        try (EmbeddedPostgres server = EmbeddedPostgres.start()) {
            String url = server.getJdbcUrl("postgres", "postgres");
            List<String> settings = List.of(
                    "--spring.profiles.active=postgres",
                    "--spring.datasource.url=" + url,
                    "--spring.datasource.username=postgres");
            assertNothingIsLost(settings, url, "postgres");
        }
    }

    private void assertNothingIsLost(List<String> settings, String url, String user) throws Exception {
        ProjectId project;
        settings = new ArrayList<>(settings);
        settings.add("--tiebreak.sample-data=" + data.resolve("none")); // it would only take time
        try (RunningStudio studio = RunningStudio.start(data, settings)) {
            project = PairProject.numbered(studio, COMPARISONS, OVERLAP);
            // demo sign-ins are let in on an embedded database only; these people shall be let in on both
            studio.bean(JdbcClient.class).sql("update account set demo = false").update();
        }
        int port = RunningStudio.freePort();
        String address = "http://127.0.0.1:" + port;

        Process studio = start(port, settings);
        killUnderLoad(studio, address, project);
        assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(ENOUGH);

        studio = start(port, settings);
        sendEverythingAgain(address, project);
        studio.destroy();
        assertThat(studio.waitFor(30, TimeUnit.SECONDS)).isTrue();

        try (Connection database = DriverManager.getConnection(url, user, "")) {
            assertThat(strings(database, "select id from judgment where origin = 'board'"))
                    .hasSameElementsAs(ids(acknowledged, unanswered))
                    .doesNotHaveDuplicates();
            assertThat(strings(
                            database,
                            "select comparison_id from judgment where origin = 'board' group by comparison_id, annotator_id"
                                    + " having count(*) > 1"))
                    .as("judged twice by the same person")
                    .isEmpty();
            assertThat(strings(
                            database,
                            "select comparison_id from judgment where origin = 'board' group by comparison_id having"
                                    + " count(*) > " + OVERLAP))
                    .as("beyond the overlap")
                    .isEmpty();
            assertThat(strings(database, "select id from assignment_slot where state = 'DONE'"))
                    .as("slots used up")
                    .hasSize(acknowledged.size() + unanswered.size());
        }
    }

    private Process start(int port, List<String> settings) throws Exception {
        Path log = data.resolve("studio.log");
        Files.deleteIfExists(log);
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "run",
                "--port=" + port,
                "--data=" + data));
        command.addAll(settings);
        Process studio = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(studio::destroyForcibly));
        while (!Files.exists(log) || !Files.readString(log).contains("Tiebreak is ready")) {
            assertThat(studio.isAlive())
                    .as(() -> Files.exists(log) ? read(log) : "no log")
                    .isTrue();
            Thread.sleep(200);
        }
        return studio;
    }

    private static String read(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return e.toString();
        }
    }

    private void killUnderLoad(Process studio, String address, ProjectId project) throws Exception {
        try (ExecutorService people = Executors.newVirtualThreadPerTaskExecutor()) {
            for (String name : PEOPLE) {
                BoardClient client = BoardClient.signIn(address, project, name);
                people.submit(() -> judgeUntilTheLineBreaks(client));
            }
            while (acknowledged.size() < ENOUGH) {
                Thread.sleep(5);
            }
            studio.destroyForcibly().waitFor(); // SIGKILL
        }
    }

    /// @return nothing; a `Callable`, because each of these steps may fail when the server dies
    private boolean judgeUntilTheLineBreaks(BoardClient client) throws Exception {
        while (true) {
            for (JsonNode lease : client.lease(8, List.of())) {
                Map<String, Object> judgment = BoardClient.judgment(lease, "2");
                unanswered.add(judgment);
                JsonNode result = client.judge(List.of(judgment)).get(0);
                if (result.get("status").asString().equals("recorded")) {
                    unanswered.remove(judgment);
                    acknowledged.add(judgment);
                }
            }
        }
    }

    /// As a board does that was not told: what it does not know to be saved. And, beyond that, what it does.
    private void sendEverythingAgain(String address, ProjectId project) throws Exception {
        List<String> settled = new ArrayList<>();
        for (String name : PEOPLE) {
            BoardClient client = BoardClient.signIn(address, project, name);
            List<Map<String, Object>> all = new ArrayList<>(acknowledged);
            all.addAll(unanswered);
            client.judge(all).forEach(result -> {
                if (!result.get("status").asString().equals("refused")) {
                    settled.add(result.get("id").asString() + " "
                            + result.get("status").asString());
                }
            });
        }
        assertThat(settled)
                .hasSize(acknowledged.size() + unanswered.size())
                .containsAll(
                        ids(acknowledged).stream().map(id -> id + " duplicate").toList());
    }

    @SafeVarargs
    private static List<String> ids(List<Map<String, Object>>... judgments) {
        List<String> ids = new ArrayList<>();
        for (List<Map<String, Object>> each : judgments) {
            each.forEach(judgment -> ids.add(String.valueOf(judgment.get("id"))));
        }
        return ids;
    }

    private static List<String> strings(Connection database, String query) throws SQLException {
        List<String> strings = new ArrayList<>();
        try (var statement = database.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                strings.add(rows.getString(1));
            }
        }
        return strings;
    }
}
