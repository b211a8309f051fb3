package dev.tiebreak.studio.judgment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import dev.tiebreak.studio.account.Account;
import dev.tiebreak.studio.account.AccountService;
import dev.tiebreak.studio.account.NewAccount;
import dev.tiebreak.studio.account.Role;
import dev.tiebreak.studio.account.SystemAccount;
import dev.tiebreak.studio.dataset.Comparison;
import dev.tiebreak.studio.dataset.Comparisons;
import dev.tiebreak.studio.dataset.Project;
import dev.tiebreak.studio.dataset.Verdict;
import dev.tiebreak.studio.testing.OnH2;
import dev.tiebreak.studio.testing.OnPostgres;
import dev.tiebreak.studio.testing.SmallProject;
import jakarta.servlet.http.Cookie;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.request.RequestPostProcessor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The board's REST contract, call by call.
@AutoConfigureMockMvc
@Import(SmallProject.class)
abstract class BoardTests {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Autowired
    MockMvc web;

    @Autowired
    AccountService accounts;

    @Autowired
    SmallProject small;

    @Autowired
    CurrentJudgments current;

    @Autowired
    Comparisons comparisons;

    @Autowired
    Workplaces workplaces;

    @Autowired
    JdbcClient database;

    private Account annotator;
    private Project project;

    @BeforeEach
    void someoneWithWork() {
        annotator = accounts.create(new NewAccount("a" + UUID.randomUUID(), "Ana", Set.of(Role.ANNOTATOR)));
        project = small.with(12, 1, Duration.ofHours(1));
    }

    @Test
    void a_stranger_is_told_401_another_role_403_and_a_call_without_the_csrf_token_403() throws Exception {
        assertThat(web.perform(get(api(""))).andReturn().getResponse().getStatus())
                .isEqualTo(401);
        assertThat(web.perform(get(api("")).with(user("emil").roles("ML_ENGINEER")))
                        .andReturn()
                        .getResponse()
                        .getStatus())
                .isEqualTo(403);
        assertThat(web.perform(get("/annotate/" + project.id().value())
                                .with(user("emil").roles("ML_ENGINEER")))
                        .andReturn()
                        .getResponse()
                        .getStatus())
                .isEqualTo(403);
        assertThat(web.perform(post(api("/leases"))
                                .with(me())
                                .contentType(MediaType.APPLICATION_JSON)
                                .content("{\"count\":1}"))
                        .andReturn()
                        .getResponse()
                        .getStatus())
                .isEqualTo(403);
        MockHttpServletResponse page = web.perform(
                        get("/annotate/" + project.id().value()))
                .andReturn()
                .getResponse();
        assertThat(page.getStatus()).isEqualTo(302);
        assertThat(page.getRedirectedUrl()).endsWith("/login");
    }

    @Test
    void a_key_press_is_kept_in_canonical_order() throws Exception {
        for (String key : new String[] {"1", "3", "6"}) {
            JsonNode lease = lease(1).get(0);
            UUID id = UUID.randomUUID();
            assertThat(judge(decision(id, lease, key)).get(0).get("status").asString())
                    .isEqualTo("recorded");

            Judgment kept = find(id);
            Comparison comparison = comparisons.find(kept.comparison()).orElseThrow();
            int left = 4 - Integer.parseInt(key);
            boolean aStoodLeft =
                    lease.get("left").asString().equals(comparison.a().text());
            assertThat(kept.strength()).isEqualTo(aStoodLeft ? left : -left);
            assertThat(kept.left())
                    .contains(aStoodLeft ? comparison.a().id() : comparison.b().id());
            assertThat(kept.verdict()).isEqualTo(Verdict.PREFERENCE);
            assertThat(kept.activeTime()).contains(Duration.ofMillis(5321));
            assertThat(kept.probability().orElseThrow()).isBetween(0.0, 1.0);
        }
    }

    @Test
    void nothing_that_is_sent_tells_where_a_completion_comes_from() throws Exception {
        String body = call("/leases", "{\"count\":6}").toString();
        assertThat(body)
                .contains("\"content\":\"prompt ")
                .doesNotContain("secret-model")
                .doesNotContain("source");
    }

    @Test
    void the_same_judgment_twice_counts_once() throws Exception {
        JsonNode lease = lease(1).get(0);
        String decision = decision(UUID.randomUUID(), lease, "4");
        assertThat(judge(decision).get(0).get("status").asString()).isEqualTo("recorded");
        assertThat(judge(decision).get(0).get("status").asString()).isEqualTo("duplicate");
        assertThat(current.of(project.id())).hasSize(1);
    }

    @Test
    void a_refused_judgment_says_why_and_stops_no_other() throws Exception {
        JsonNode lease = lease(1).get(0);
        UUID good = UUID.randomUUID();
        JsonNode results = judge(
                decision(UUID.randomUUID(), lease, "8"),
                "{\"id\":\"%s\",\"lease\":\"%s\",\"choice\":\"1\",\"judgedAt\":\"2026-01-01T00:00:00Z\"}"
                        .formatted(UUID.randomUUID(), UUID.randomUUID()),
                decision(good, lease, "both_bad"));
        assertThat(results.get(0).get("status").asString()).isEqualTo("refused");
        assertThat(results.get(0).get("message").asString()).contains("'1' to '7'");
        assertThat(results.get(1).get("message").asString()).contains("no longer held for you");
        assertThat(results.get(2).get("status").asString()).isEqualTo("recorded");
        assertThat(find(good).verdict()).isEqualTo(Verdict.BOTH_BAD);
    }

    @Test
    void taking_back_reopens_the_comparison_and_leaves_both_rows() throws Exception {
        JsonNode lease = lease(1).get(0);
        UUID first = UUID.randomUUID();
        judge(decision(first, lease, "2"));
        JsonNode undone = judge(undo(first)).get(0);
        assertThat(undone.get("status").asString()).isEqualTo("undone");
        assertThat(undone.get("lease").get("comparison").asString())
                .isEqualTo(lease.get("comparison").asString());
        assertThat(current.of(project.id())).isEmpty();

        UUID second = UUID.randomUUID();
        judge(decision(second, undone.get("lease"), "6"));
        assertThat(current.of(project.id())).extracting(Judgment::id).containsExactly(new JudgmentId(second));
        assertThat(judge(undo(first)).get(0).get("status").asString())
                .as("what was taken back cannot be taken back again")
                .isEqualTo("refused");
    }

    @Test
    void a_skip_keeps_its_reason_and_passes_the_comparison_on() throws Exception {
        JsonNode lease = lease(1).get(0);
        UUID id = UUID.randomUUID();
        judge(decision(id, lease, "skip"));
        assertThat(find(id).reason()).contains("why \"so\" <b>");
        JsonNode progress = call("/leases", "{\"count\":20}").get("progress");
        assertThat(progress.get("done").asLong()).isEqualTo(1);
        assertThat(progress.get("available").asLong()).isEqualTo(11);
        assertThat(progress.get("total").asLong()).isEqualTo(12);
    }

    @Test
    void somebody_elses_lease_and_judgment_are_out_of_reach() throws Exception {
        JsonNode lease = lease(1).get(0);
        UUID mine = UUID.randomUUID();
        judge(decision(mine, lease, "1"));
        annotator = accounts.create(new NewAccount("b" + UUID.randomUUID(), "Ben", Set.of(Role.ANNOTATOR)));
        assertThat(judge(undo(mine)).get(0).get("status").asString()).isEqualTo("refused");
        assertThat(judge(decision(mine, lease, "1")).get(0).get("message").asString())
                .contains("somebody else");
    }

    @Test
    void the_board_is_told_for_how_long_the_project_lets_a_judgment_be_reopened() throws Exception {
        assertThat(board().get("undoSeconds").asLong()).isEqualTo(600);
        SystemAccount.act(() -> workplaces.set(project, new Workplace(Duration.ofHours(2), false)));
        assertThat(board().get("undoSeconds").asLong()).isEqualTo(7200);
    }

    @Test
    void the_board_is_told_that_the_rubric_changed_until_it_says_that_it_was_read() throws Exception {
        UUID first = rubricVersion(1, "Drink both.");
        database.sql("update project set rubric_key = ? where id = ?")
                .params("tea-" + project.id().value(), project.id().value())
                .update();
        judge(decision(UUID.randomUUID(), lease(1).get(0), "1"));
        assertThat(board().get("rubricChanged").isNull()).isTrue();

        assertThat(rubricVersion(2, "Drink both, slowly.")).isNotEqualTo(first);
        JsonNode changed = board().get("rubricChanged");
        assertThat(changed.get("since").asInt()).isEqualTo(1);
        assertThat(changed.get("parts").get(0).asString()).isEqualTo("INSTRUCTIONS");
        assertThat(status("/rubric-seen", "{\"version\":1}")).isEqualTo(204);
        assertThat(board().get("rubricChanged").isNull())
                .as("an old version was read")
                .isFalse();
        assertThat(status("/rubric-seen", "{\"version\":2}")).isEqualTo(204);
        assertThat(board().get("rubricChanged").isNull()).isTrue();
    }

    @Test
    void the_boards_texts_come_in_the_language_of_whoever_asks() throws Exception {
        JsonNode arabic = texts("ar-EG");
        assertThat(arabic.get("locale").asString()).isEqualTo("ar-EG");
        assertThat(arabic.get("direction").asString()).isEqualTo("rtl");
        assertThat(arabic.get("texts").get("judging.choice.4").asString()).isEqualTo("تعادل");
        assertThat(texts("fr").get("texts").get("judging.choice.4").asString()).isEqualTo("Tie");
        assertThat(arabic.get("texts").propertyNames())
                .allSatisfy(key -> assertThat(key).matches("(board|judging)\\..+"));
    }

    private JsonNode texts(String language) throws Exception {
        return JSON.readTree(web.perform(get("/api/board/texts").with(me()).header("Accept-Language", language))
                .andReturn()
                .getResponse()
                .getContentAsString(StandardCharsets.UTF_8));
    }

    private JsonNode board() throws Exception {
        return JSON.readTree(
                web.perform(get(api("")).with(me())).andReturn().getResponse().getContentAsString());
    }

    private UUID rubricVersion(int version, String instructions) throws Exception {
        UUID id = UUID.randomUUID();
        String key = "tea-" + project.id().value();
        String house = Files.readString(Path.of("annotation-rubrics/helpful-honest-harmless.yaml"));
        database.sql("insert into rubric_version (id, rubric_key, version, sha256, source, stored_at, in_force_since)"
                        + " values (?, ?, ?, ?, ?, ?, ?)")
                .params(
                        id,
                        key,
                        version,
                        id.toString(),
                        house.replace("key: helpful-honest-harmless", "key: " + key)
                                .replace("You see a prompt", instructions + " You see a prompt"),
                        JudgmentLog.utc(Instant.now().plusSeconds(version)),
                        JudgmentLog.utc(Instant.now().plusSeconds(version)))
                .update();
        return id;
    }

    private Judgment find(UUID id) {
        return current.of(project.id()).stream()
                .filter(judgment -> judgment.id().value().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private JsonNode lease(int count) throws Exception {
        return call("/leases", "{\"count\":" + count + "}").get("leases");
    }

    private JsonNode judge(String... entries) throws Exception {
        return call("/judgments", "{\"judgments\":[" + String.join(",", entries) + "]}")
                .get("results");
    }

    private static String decision(UUID id, JsonNode lease, String choice) {
        return JSON.writeValueAsString(java.util.Map.of(
                "id",
                id,
                "lease",
                lease.get("id").asString(),
                "choice",
                choice,
                "reason",
                "why \"so\" <b>",
                "activeMillis",
                5321,
                "judgedAt",
                "2026-01-01T00:00:00Z"));
    }

    private static String undo(UUID judgment) {
        return "{\"id\":\"%s\",\"undo\":\"%s\"}".formatted(UUID.randomUUID(), judgment);
    }

    private int status(String path, String body) throws Exception {
        return answer(path, body).getStatus();
    }

    private JsonNode call(String path, String body) throws Exception {
        MockHttpServletResponse response = answer(path, body);
        assertThat(response.getStatus()).as(response.getContentAsString()).isEqualTo(200);
        return JSON.readTree(response.getContentAsString());
    }

    private MockHttpServletResponse answer(String path, String body) throws Exception {
        MockHttpServletRequestBuilder request = post(api(path));
        Cookie token = Objects.requireNonNull(
                web.perform(get(api("")).with(me())).andReturn().getResponse().getCookie("XSRF-TOKEN"));
        return web.perform(request.with(me())
                        .cookie(token)
                        .header("X-XSRF-TOKEN", token.getValue())
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(body))
                .andReturn()
                .getResponse();
    }

    private RequestPostProcessor me() {
        return user(annotator.username()).roles("ANNOTATOR");
    }

    private String api(String path) {
        return "/api/board/projects/" + project.id().value() + path;
    }
}

@OnH2
class BoardOnH2Test extends BoardTests {}

@OnPostgres
class BoardOnPostgresTest extends BoardTests {}
