package dev.tiebreak.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import dev.tiebreak.studio.testing.Visitor;
import dev.tiebreak.testing.Browser;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The studio as `docker/compose.yaml` runs it: the same environment and arguments, a real PostgreSQL with a password.
class PostgresBrowserTest {
    private static final String PASSWORD = "a long password";

    @TempDir
    static Path folder;

    private static EmbeddedPostgres server;
    private static JdbcClient database;
    private static StudioProcess studio;
    private static int port;

    @BeforeAll
    static void start() throws Exception {
        Path cluster = folder.resolve("cluster");
        server = EmbeddedPostgres.builder().setDataDirectory(cluster).start();
        Files.writeString(
                cluster.resolve("pg_hba.conf"),
                "host all postgres 127.0.0.1/32 trust\nhost all all 127.0.0.1/32 scram-sha-256\n");
        JdbcClient postgres = JdbcClient.create(server.getPostgresDatabase());
        postgres.sql("select pg_reload_conf()").query().singleRow();
        postgres.sql("create role tiebreak login password 'kept secret'").update();
        postgres.sql("create database tiebreak owner tiebreak").update();
        DataSource studios = server.getDatabase("postgres", "tiebreak");
        database = JdbcClient.create(studios);
        port = RunningStudio.freePort();
        studio = StudioProcess.start(environment("kept secret"), run(port)).ready();
    }

    @AfterAll
    static void stop() throws Exception {
        assertThat(studio.stop()).as("stopped as a shell reports SIGTERM").isEqualTo(143);
        studio.close();
        server.close();
    }

    private static Map<String, String> environment(String password) {
        return Map.of(
                "SPRING_PROFILES_ACTIVE",
                "postgres",
                "TIEBREAK_DB_URL",
                server.getJdbcUrl("tiebreak", "tiebreak").replaceFirst("\\?.*", ""),
                "TIEBREAK_DB_USER",
                "tiebreak",
                "TIEBREAK_DB_PASSWORD",
                password);
    }

    private static String[] run(int port) {
        return new String[] {
            "run", "--address", "0.0.0.0", "--data", folder.resolve("data").toString(), "--port", "" + port
        };
    }

    @Test
    void from_the_one_time_link_to_exported_pairs() throws Exception {
        assertThat(studio.output()).doesNotContain("Demo sign-ins", "tiebreak-admin");
        String link = studio.printed("Create the administrator \\(works once\\): http://localhost:\\d+(/\\S+)");
        try (Browser browser = Browser.launch()) {
            Page page = browser.context().newPage();
            page.navigate("http://127.0.0.1:" + port + link);
            page.getByLabel("User name").fill("ada");
            page.getByLabel("Your name").fill("Ada");
            choosePassword(page);
            page.waitForURL("**/login");
            signIn(page, "ada");
            page.navigate("http://127.0.0.1:" + port + "/people");
            String welcome = invite(page, "grace");

            Page other = browser.context().newPage();
            other.navigate("http://127.0.0.1:" + port + link);
            PlaywrightAssertions.assertThat(other.getByText("This link is used up"))
                    .isVisible();
            other.navigate(welcome);
            choosePassword(other);
            other.waitForURL("**/login");
        }

        Path pairs = Files.write(
                folder.resolve("pairs.jsonl"),
                IntStream.range(0, 20).mapToObj(PostgresBrowserTest::row).toList());
        tiebreak("import", pairs.toString(), "--project", "from the command line", "--overlap", "1");
        Visitor grace = Visitor.of(port);
        assertThat(grace.signIn("grace", PASSWORD)).isEqualTo("/");
        assertThat(judgeAll(grace, project("from the command line"))).isEqualTo(20);

        Path out = folder.resolve("out");
        tiebreak("export", "--project", "from the command line", "--out", out.toString());
        List<String> rows = new ArrayList<>(Files.readAllLines(out.resolve("train.jsonl")));
        rows.addAll(Files.readAllLines(out.resolve("test.jsonl")));
        assertThat(rows).hasSize(20).allSatisfy(row -> assertThat(row).contains("\"chosen\"", "\"rejected\""));
    }

    @Test
    void overlap_stays_exact_between_two_studios_on_one_database() throws Exception {
        Path pairs = Files.write(
                folder.resolve("shared.jsonl"),
                IntStream.range(100, 140).mapToObj(PostgresBrowserTest::row).toList());
        tiebreak("import", pairs.toString(), "--project", "two studios", "--overlap", "2");
        UUID project = project("two studios");
        int second = RunningStudio.freePort();
        try (StudioProcess other = StudioProcess.start(environment("kept secret"), run(second))
                        .ready();
                var people = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Integer>> annotators = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                String name = annotator();
                int at = i % 2 == 0 ? port : second;
                annotators.add(() -> {
                    Visitor visitor = Visitor.of(at);
                    visitor.signIn(name, PASSWORD);
                    return judgeAll(visitor, project);
                });
            }
            int judged = 0;
            for (Future<Integer> each : people.invokeAll(annotators)) {
                judged += each.get();
            }
            assertThat(judged).isEqualTo(80);
            other.stop();
        }
        assertThat(database.sql("select count(*) from judgment where project_id = ? group by comparison_id")
                        .param(project)
                        .query(Integer.class)
                        .list())
                .as("never one vote too many, and none missing")
                .hasSize(40)
                .containsOnly(2);
    }

    @Test
    void a_wrong_password_is_one_line() throws Exception {
        try (StudioProcess refused = StudioProcess.start(environment("guessed"), run(RunningStudio.freePort()))) {
            assertThat(refused.exitCode()).isEqualTo(2);
            assertThat(refused.errors())
                    .startsWith("tiebreak: the database jdbc:postgresql://localhost:")
                    .contains(" refuses the user: ", "password authentication failed for user \"tiebreak\"")
                    .doesNotContain("guessed")
                    .hasLineCount(1);
        }
    }

    private static void tiebreak(String... arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--data", folder.resolve("data").toString()));
        Map<String, String> environment = new HashMap<>(environment("kept secret"));
        environment.remove("SPRING_PROFILES_ACTIVE"); // the database's address alone says that it is PostgreSQL
        try (StudioProcess command = StudioProcess.start(environment, all.toArray(String[]::new))) {
            assertThat(command.exitCode()).as(command.errors()).isZero();
        }
    }

    private static String row(int i) {
        return """
                {"id": "q%1$d", "turns": [{"role": "user", "content": "question %1$d"}], "rubric": "helpful-honest-harmless",\
                 "completions": [{"id": "q%1$d/a", "source": "one", "text": "this %1$d"},\
                 {"id": "q%1$d/b", "source": "other", "text": "that %1$d"}]}""".formatted(i);
    }

    private static UUID project(String name) {
        return database.sql("select id from project where name = ?")
                .param(name)
                .query(UUID.class)
                .single();
    }

    /// Judges as the board does, three at a time, until there is nothing left.
    private static int judgeAll(Visitor annotator, UUID project) {
        String board = "/api/board/projects/" + project;
        for (int judged = 0; ; ) {
            var answer = annotator.call("POST", board + "/leases", "{\"count\": 3, \"holding\": []}");
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            JsonNode leases = JsonMapper.shared().readTree(answer.body()).path("leases");
            if (leases.isEmpty()) {
                return judged;
            }
            List<Map<String, Object>> judgments = new ArrayList<>();
            for (JsonNode lease : leases) {
                judgments.add(Map.of(
                        "id",
                        UUID.randomUUID(),
                        "lease",
                        lease.path("id").asString(),
                        "choice",
                        "2",
                        "activeMillis",
                        1000,
                        "judgedAt",
                        "2026-01-01T00:00:00Z"));
            }
            var results = annotator.call(
                    "POST",
                    board + "/judgments",
                    JsonMapper.shared().writeValueAsString(Map.of("judgments", judgments)));
            assertThat(results.statusCode()).as(results.body()).isEqualTo(200);
            assertThat(results.body()).doesNotContain("refused");
            judged += judgments.size();
        }
    }

    private static String annotator() {
        UUID id = UUID.randomUUID();
        database.sql("insert into account (id, username, display_name, password_hash, enabled, demo, created_at)"
                        + " values (?, ?, 'Annotator', ?, true, false, now())")
                .params(
                        id,
                        id.toString(),
                        PasswordEncoderFactories.createDelegatingPasswordEncoder()
                                .encode(PASSWORD))
                .update();
        database.sql("insert into account_role (account_id, role) values (?, 'ANNOTATOR')")
                .param(id)
                .update();
        return id.toString();
    }

    private static void signIn(Page page, String name) {
        page.getByLabel("User name").fill(name);
        page.locator("vaadin-password-field input").fill(PASSWORD);
        page.locator("vaadin-button[theme~=primary]").click();
        page.waitForURL(address -> !address.contains("/login"));
    }

    private static void choosePassword(Page page) {
        page.locator("vaadin-password-field input").first().fill(PASSWORD);
        page.locator("vaadin-password-field input").last().fill(PASSWORD);
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Save"))
                .click();
    }

    private static String invite(Page page, String name) {
        page.getByText("Add a person").click();
        page.getByLabel("User name").fill(name);
        page.getByLabel("Name", new Page.GetByLabelOptions().setExact(true)).fill("Grace");
        page.getByText("Save").click();
        var link = page.locator("vaadin-confirm-dialog vaadin-text-field input");
        link.waitFor();
        return link.inputValue();
    }
}
