package dev.tiebreak.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiebreak.cli.Main;
import dev.tiebreak.studio.assignment.CheckSettings;
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
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `kill -9` while two hundred annotators judge, pass on and take back, gold items and repeats among the rest: what was
/// acknowledged is there once, what is sent again counts once, and every comparison has its overlap, not one more or
/// less.
class KilledServerTest {
    private static final int PEOPLE = 200;
    private static final int GOLD = 20;

    /// @param comparisons gold ones aside
    private record Load(int comparisons, int overlap, int kills, CheckSettings checks) {
        int judgments() {
            return comparisons * overlap;
        }
    }

    private static final Load LITTLE = new Load(400, 3, 1, new CheckSettings(0.1, 2, 0.1));
    private static final Load FULL = new Load(4500, 4, 3, new CheckSettings(0.05, 20, 0.05));

    @TempDir
    Path data;

    private final Queue<String> acknowledged = new ConcurrentLinkedQueue<>();

    @Test
    void on_h2() throws Exception {
        assertNothingIsLost(LITTLE, List.of(), h2(), "tiebreak");
    }

    @Test
    @Tag("slow") // twenty thousand judgments
    void on_h2_in_full() throws Exception {
        assertNothingIsLost(FULL, List.of(), h2(), "tiebreak");
    }

    @Test
    @Tag("slow") // twenty thousand judgments
    void on_postgresql_in_full() throws Exception {
        try (EmbeddedPostgres server = EmbeddedPostgres.start()) {
            String url = server.getJdbcUrl("postgres", "postgres");
            List<String> settings = List.of(
                    "--spring.profiles.active=postgres",
                    "--spring.datasource.url=" + url,
                    "--spring.datasource.username=postgres");
            assertNothingIsLost(FULL, settings, url, "postgres");
        }
    }

    private String h2() {
        return "jdbc:h2:file:" + data + "/db/tiebreak;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE";
    }

    private void assertNothingIsLost(Load load, List<String> settings, String url, String user) throws Exception {
        ProjectId project;
        List<String> names;
        settings = new ArrayList<>(settings);
        settings.add("--tiebreak.sample-data=" + data.resolve("none")); // it would only take time
        try (RunningStudio studio = RunningStudio.start(data, settings)) {
            project = PairProject.numbered(studio, load.comparisons + GOLD, load.overlap);
            Crowd.check(studio, project, load.checks, GOLD);
            names = Crowd.of(studio, 0, PEOPLE, "{noop}" + Crowd.PASSWORD); // a real hash would only take time
        }
        int port = RunningStudio.freePort();
        String address = "http://127.0.0.1:" + port;
        List<CrowdMember> crowd = IntStream.range(0, PEOPLE)
                .mapToObj(i -> new CrowdMember(project, names.get(i), i, acknowledged))
                .toList();

        Process studio = judgeAndKill(load, port, settings, crowd, address);
        assertThat(crowd).allSatisfy(member -> assertThat(member.refusals()).isEmpty());
        assertSentAgainCountsOnce(address, project, names.getFirst());
        studio.destroy();
        assertThat(studio.waitFor(30, TimeUnit.SECONDS)).isTrue();

        try (Connection database = DriverManager.getConnection(url, user, "")) {
            assertExact(load, database);
        }
    }

    /// @return the process that is running at the end
    private Process judgeAndKill(Load load, int port, List<String> settings, List<CrowdMember> crowd, String address)
            throws Exception {
        Process studio = start(port, settings);
        try (ExecutorService people = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> working = begin(people, crowd, address);
            for (int kill = 1; kill <= load.kills; kill++) {
                while (acknowledged.size() < load.judgments() * kill / (load.kills + 1)) {
                    Thread.sleep(5);
                }
                studio.destroyForcibly().waitFor(); // SIGKILL
                studio = start(port, settings);
            }
            while (sum(working) > 0) { // what was passed on at the end goes to those who come back
                working = begin(people, crowd, address);
            }
        }
        return studio;
    }

    private static List<Future<Integer>> begin(ExecutorService people, List<CrowdMember> crowd, String address) {
        return crowd.stream()
                .map(member -> people.submit((Callable<Integer>) () -> member.work(() -> address)))
                .toList();
    }

    private static int sum(List<Future<Integer>> working) throws Exception {
        int sum = 0;
        for (Future<Integer> each : working) {
            sum += each.get();
        }
        return sum;
    }

    private void assertSentAgainCountsOnce(String address, ProjectId project, String name) throws Exception {
        BoardClient client = BoardClient.signIn(address, project, name, Crowd.PASSWORD);
        List<String> statuses = new ArrayList<>();
        client.judge(acknowledged.stream()
                        .limit(1000)
                        .map(BoardClient::sentAgain)
                        .toList())
                .forEach(result -> statuses.add(result.get("status").asString() + " "
                        + result.get("message").asString("")));
        assertThat(statuses)
                .allMatch(status -> status.startsWith("duplicate") || status.contains("belongs to somebody else"))
                .anyMatch(status -> status.startsWith("duplicate"));
    }

    private void assertExact(Load load, Connection database) throws SQLException {
        assertThat(strings(database, "select cast(id as varchar) from judgment where origin = 'board'"))
                .as("acknowledged and kept")
                .doesNotHaveDuplicates()
                .hasSameElementsAs(acknowledged);
        String standing = """
                from judgment j where j.verdict not in ('WITHDRAWN', 'SKIP')
                and not exists (select 1 from judgment later where later.supersedes = j.id)
                """;
        assertThat(strings(
                        database,
                        "select j.comparison_id " + standing
                                + " group by j.comparison_id, j.annotator_id, j.purpose having count(*) > 1"))
                .as("judged twice by the same person")
                .isEmpty();
        assertThat(strings(
                        database,
                        "select count(*) " + standing + " and j.purpose = 'REGULAR' group by j.comparison_id"))
                .as("the overlap, comparison by comparison")
                .hasSize(load.comparisons)
                .containsOnly(Integer.toString(load.overlap));
        assertThat(strings(database, "select id from assignment_slot where state = 'DONE'"))
                .as("slots used up")
                .hasSize(load.judgments());
        assertThat(strings(database, "select distinct j.purpose " + standing))
                .containsExactlyInAnyOrder("REGULAR", "REPEAT", "GOLD");
        assertThat(strings(database, "select j.id " + standing + """
                         and j.purpose = 'REPEAT' and not exists (
                           select 1 from judgment first where first.comparison_id = j.comparison_id
                             and first.annotator_id = j.annotator_id and first.purpose = 'REGULAR'
                             and first.left_completion_id <> j.left_completion_id)
                        """))
                .as("repeats of nothing, or with the sides as before")
                .isEmpty();
    }

    private Process start(int port, List<String> settings) throws Exception {
        Path log = data.resolve("studio.log");
        Files.deleteIfExists(log);
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", // half the start
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
