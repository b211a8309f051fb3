package dev.tiebreak.studio.judgment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import dev.tiebreak.studio.account.Account;
import dev.tiebreak.studio.account.AccountService;
import dev.tiebreak.studio.account.NewAccount;
import dev.tiebreak.studio.account.Role;
import dev.tiebreak.studio.dataset.Project;
import dev.tiebreak.studio.testing.OnH2;
import dev.tiebreak.studio.testing.OnPostgres;
import dev.tiebreak.studio.testing.SmallProject;
import jakarta.servlet.http.Cookie;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What the board's REST calls do with requests that no board would send: who may ask, what is wrong, and where.
@AutoConfigureMockMvc
@Import(SmallProject.class)
abstract class BoardRequestTests {
    private static final JsonMapper JSON = JsonMapper.shared();

    @Autowired
    MockMvc web;

    @Autowired
    AccountService accounts;

    @Autowired
    SmallProject small;

    @Autowired
    CurrentJudgments current;

    @Autowired
    JdbcClient database;

    private Account annotator;
    private Project project;

    @BeforeEach
    void someoneWithWork() {
        annotator = someone("Ana");
        project = small.with(4, 1, Duration.ofHours(1));
    }

    @ParameterizedTest
    @CsvSource({"GET,''", "POST,/leases", "POST,/judgments"})
    void every_call_asks_who_it_is_and_what_that_person_may(String method, String path) throws Exception {
        String body = path.equals("/leases") ? "{\"count\":0}" : "{\"judgments\":[]}";
        assertThat(send(method, path, body, null, "ANNOTATOR", true).getStatus())
                .as("a stranger")
                .isEqualTo(401);
        assertThat(send(method, path, body, annotator.username(), "ML_ENGINEER", true)
                        .getStatus())
                .as("another role")
                .isEqualTo(403);
        assertThat(send(method, path, body, annotator.username(), "ANNOTATOR", true)
                        .getStatus())
                .isEqualTo(200);
        assertThat(send(method, path, body, annotator.username(), "ANNOTATOR", false)
                        .getStatus())
                .as("without the CSRF token")
                .isEqualTo(method.equals("GET") ? 200 : 403);
        assertThat(send(method, path, body, "ghost", "ANNOTATOR", true).getStatus())
                .as("a session whose account is gone")
                .isEqualTo(403);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/leases    | {                                  | (line 1, column 2)",
                "/leases    | [1]                                | not the JSON that is expected",
                "/leases    | {\"count\":\"many\"}               | at 'count'",
                "/leases    | {\"count\":1,\"holding\":[\"x\"]}  | at 'holding[0]'",
                "/judgments | {}                                 | has no 'judgments'",
                "/judgments | {\"judgments\":null}               | has no 'judgments'",
                "/judgments | {\"judgments\":[null]}             | 'judgments[0]' has no 'id'",
                "/judgments | {\"judgments\":[{\"choice\":\"1\"}]} | 'judgments[0]' has no 'id'",
                "/judgments | {\"judgments\":[{\"id\":\"x\"}]}   | at 'judgments[0].id'",
                "/judgments | {\"judgments\":[{\"judgedAt\":\"yesterday\"}]} | at 'judgments[0].judgedAt'",
                "/judgments | {\"judgments\":[{\"activeMillis\":1e99}]} | at 'judgments[0].activeMillis'",
                "/judgments | \"judgments\"                      | not the JSON that is expected",
            })
    void a_request_that_is_not_understood_is_answered_with_the_place(String path, String body, String place)
            throws Exception {
        MockHttpServletResponse response = send(path, body);
        assertThat(response.getStatus()).isEqualTo(400);
        assertThat(detail(response)).contains(place);
    }

    @Test
    void a_judgment_without_an_id_keeps_its_neighbours_from_being_half_sent() throws Exception {
        String good = decision(UUID.randomUUID(), lease(), Map.of());
        MockHttpServletResponse response = send("/judgments", "{\"judgments\":[" + good + ",{\"choice\":\"1\"}]}");
        assertThat(response.getStatus()).isEqualTo(400);
        assertThat(detail(response)).contains("'judgments[1]' has no 'id'");
        assertThat(current.of(project.id())).isEmpty();
    }

    @Test
    void too_many_judgments_at_once_are_413_and_what_is_not_json_is_415() throws Exception {
        String many = String.join(",", Collections.nCopies(1001, "{\"id\":\"%s\"}".formatted(UUID.randomUUID())));
        MockHttpServletResponse response = send("/judgments", "{\"judgments\":[" + many + "]}");
        assertThat(response.getStatus()).isEqualTo(413);
        assertThat(detail(response)).contains("at most 1000");

        MockHttpServletResponse text = perform(
                post(api("/judgments")).contentType(MediaType.TEXT_PLAIN).content("{}"),
                annotator.username(),
                "ANNOTATOR",
                true);
        assertThat(text.getStatus()).isEqualTo(415);
        assertThat(detail(text)).contains("text/plain");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {"abc,400,'abc' is not an id", "00000000-0000-0000-0000-000000000000,404,no such project"})
    void an_unknown_project_is_named(String id, int status, String detail) throws Exception {
        var response = web.perform(get("/api/board/projects/" + id)
                        .with(user(annotator.username()).roles("ANNOTATOR")))
                .andReturn()
                .getResponse();
        assertThat(response.getStatus()).isEqualTo(status);
        assertThat(detail(response)).contains(detail);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "8", "Both_Bad", "TIE", "1 or 1=1", "", "-1"})
    void a_choice_that_no_key_makes_is_refused(String choice) throws Exception {
        JsonNode result = judge(decision(UUID.randomUUID(), lease(), Map.of("choice", choice)));
        assertThat(result.get("status").asString()).isEqualTo("refused");
        assertThat(result.get("message").asString()).contains("'1' to '7', 'both_bad' or 'skip'");
        assertThat(current.of(project.id())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"lease", "choice", "judgedAt"})
    void a_judgment_that_lacks_something_is_refused(String field) throws Exception {
        Map<String, Object> lacking = new LinkedHashMap<>();
        lacking.put(field, null);
        JsonNode result = judge(decision(UUID.randomUUID(), lease(), lacking));
        assertThat(result.get("status").asString()).isEqualTo("refused");
        assertThat(result.get("message").asString()).contains("'" + field + "'");
    }

    @Test
    void a_reason_is_kept_as_written_up_to_4000_characters_and_refused_beyond() throws Exception {
        UUID id = UUID.randomUUID();
        String reason = "<script>\u202Eعربي 你好 😀\n" + "x".repeat(3970);
        judge(decision(id, lease(), Map.of("reason", reason)));
        assertThat(kept(id).reason()).contains(reason);

        JsonNode refused = judge(decision(UUID.randomUUID(), lease(), Map.of("reason", "x".repeat(4001))));
        assertThat(refused.get("status").asString()).isEqualTo("refused");
        assertThat(refused.get("message").asString()).contains("at most 4000");
    }

    @Test
    void characters_that_a_database_cannot_keep_do_not_cost_the_judgment() throws Exception {
        UUID nul = UUID.randomUUID();
        assertThat(judge(decision(nul, lease(), Map.of("reason", "a\0b")))
                        .get("status")
                        .asString())
                .isEqualTo("recorded");
        assertThat(kept(nul).reason()).contains("ab");
        String half = decision(UUID.randomUUID(), lease(), Map.of("reason", "REASON"))
                .replace("REASON", "half a pair \\ud83d");
        assertThat(judge(half).get("status").asString()).isEqualTo("recorded");
    }

    @Test
    void what_the_annotators_clock_says_is_believed_only_where_it_can_be() throws Exception {
        UUID future = UUID.randomUUID();
        judge(decision(future, lease(), Map.of("judgedAt", "2999-01-01T00:00:00Z", "activeMillis", -5)));
        UUID past = UUID.randomUUID();
        judge(decision(
                past, lease(), Map.of("judgedAt", "-999999999-01-01T00:00:00Z", "activeMillis", Long.MAX_VALUE)));
        Instant recent = Instant.now().minusSeconds(3600);
        UUID offline = UUID.randomUUID();
        judge(decision(offline, lease(), Map.of("judgedAt", recent.toString())));

        Instant anHourAgo = Instant.now().minusSeconds(60);
        assertThat(kept(future).at()).isAfter(anHourAgo).isBeforeOrEqualTo(Instant.now());
        assertThat(kept(future).activeTime()).contains(Duration.ZERO);
        assertThat(kept(past).at()).isAfter(anHourAgo);
        assertThat(kept(past).activeTime()).contains(Duration.ofHours(12));
        assertThat(kept(offline).at()).isBetween(recent.minusMillis(1), recent);
    }

    @Test
    void a_lease_of_somebody_else_or_of_another_project_or_of_nobody_judges_nothing() throws Exception {
        JsonNode mine = lease();
        annotator = someone("Ben");
        assertThat(judge(decision(UUID.randomUUID(), mine, Map.of()))
                        .get("message")
                        .asString())
                .contains("no longer held for you");
        JsonNode bens = lease();
        Project first = project;
        project = small.with(1, 1, Duration.ofHours(1));
        assertThat(judge(decision(UUID.randomUUID(), bens, Map.of()))
                        .get("message")
                        .asString())
                .contains("no longer held for you");
        assertThat(judge(decision(UUID.randomUUID(), bens, Map.of("lease", UUID.randomUUID())))
                        .get("message")
                        .asString())
                .contains("no longer held for you");
        assertThat(current.of(first.id())).isEmpty();
        assertThat(current.of(project.id())).isEmpty();
    }

    @Test
    void an_expired_lease_counts_until_somebody_else_has_the_comparison() throws Exception {
        project = small.with(1, 1, Duration.ofHours(1));
        JsonNode lease = lease();
        expireAll();
        Account slow = annotator;
        annotator = someone("Quick");
        JsonNode taken = lease();
        assertThat(taken.get("comparison")).isEqualTo(lease.get("comparison"));

        annotator = slow;
        assertThat(judge(decision(UUID.randomUUID(), lease, Map.of()))
                        .get("message")
                        .asString())
                .contains("the time to judge it ran out and somebody else has it");
        assertThat(current.of(project.id())).isEmpty();

        project = small.with(1, 1, Duration.ofHours(1));
        JsonNode late = lease();
        expireAll();
        assertThat(judge(decision(UUID.randomUUID(), late, Map.of()))
                        .get("status")
                        .asString())
                .isEqualTo("recorded");
    }

    @Test
    void a_comparison_is_judged_once_under_a_lease() throws Exception {
        JsonNode lease = lease();
        judge(decision(UUID.randomUUID(), lease, Map.of()));
        JsonNode again = judge(decision(UUID.randomUUID(), lease, Map.of("choice", "7")));
        assertThat(again.get("status").asString()).isEqualTo("refused");
        assertThat(again.get("message").asString()).contains("you have judged it already");
        assertThat(current.of(project.id())).hasSize(1);
    }

    @Test
    void taking_back_what_is_not_there_is_refused_and_a_lost_answer_to_an_undo_is_given_again() throws Exception {
        assertThat(judge(undo(UUID.randomUUID(), UUID.randomUUID()))
                        .get("message")
                        .asString())
                .contains("no such judgment of yours");

        UUID judgment = UUID.randomUUID();
        judge(decision(judgment, lease(), Map.of()));
        UUID undo = UUID.randomUUID();
        JsonNode first = judge(undo(undo, judgment));
        JsonNode again = judge(undo(undo, judgment));
        assertThat(again.get("status").asString()).isEqualTo("undone");
        assertThat(again.get("lease").get("id")).isEqualTo(first.get("lease").get("id"));

        judge(decision(UUID.randomUUID(), first.get("lease"), Map.of()));
        assertThat(judge(undo(undo, judgment)).get("status").asString())
                .as("once it is judged anew nothing is reopened")
                .isEqualTo("duplicate");
    }

    @Test
    void nothing_is_taken_or_sent_in_the_name_of_the_person_who_signed_in_before() throws Exception {
        Account before = annotator;
        String judged = decision(UUID.randomUUID(), lease(), Map.of());
        annotator = someone("Ben");
        String name = "\"annotator\":\"" + before.id().value() + "\",";
        for (MockHttpServletResponse response : List.of(
                send("/leases", "{" + name + "\"count\":1}"),
                send("/judgments", "{" + name + "\"judgments\":[" + judged + "]}"))) {
            assertThat(response.getStatus()).isEqualTo(409);
            assertThat(detail(response)).contains("Somebody else is signed in");
        }
        annotator = before;
        assertThat(send("/judgments", "{" + name + "\"judgments\":[" + judged + "]}")
                        .getStatus())
                .isEqualTo(200);
    }

    @Test
    void nobody_can_hold_more_than_fifty_comparisons() throws Exception {
        project = small.with(80, 1, Duration.ofHours(1));
        List<String> held = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            String holding = JSON.writeValueAsString(held);
            read(send("/leases", "{\"count\":20,\"holding\":" + holding + "}"))
                    .get("leases")
                    .forEach(lease -> held.add(lease.get("id").asString()));
        }
        assertThat(held).hasSize(50).doesNotHaveDuplicates();
    }

    @Test
    void a_project_without_comparisons_has_nothing_to_judge() throws Exception {
        project = small.with(0, 1, Duration.ofHours(1));
        JsonNode answer = read(send("/leases", "{\"count\":8}"));
        assertThat(answer.get("leases").isEmpty()).isTrue();
        assertThat(answer.get("progress").get("total").asInt()).isZero();
        assertThat(read(send("/leases", "{\"count\":-3}")).get("leases").isEmpty())
                .isTrue();
    }

    private Account someone(String name) {
        return accounts.create(new NewAccount("u" + UUID.randomUUID(), name, Set.of(Role.ANNOTATOR)));
    }

    private Judgment kept(UUID id) {
        return current.of(project.id()).stream()
                .filter(judgment -> judgment.id().value().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private void expireAll() {
        database.sql("update assignment_slot set expires_at = timestamp with time zone '2020-01-01 00:00:00+00' where"
                        + " project_id = ? and state = 'LEASED'")
                .param(project.id().value())
                .update();
    }

    private JsonNode lease() throws Exception {
        return read(send("/leases", "{\"count\":1}")).get("leases").get(0);
    }

    private JsonNode judge(String entry) throws Exception {
        return read(send("/judgments", "{\"judgments\":[" + entry + "]}"))
                .get("results")
                .get(0);
    }

    /// @param changes fields that differ from a decision that is in order; null leaves one out
    private static String decision(UUID id, JsonNode lease, Map<String, ?> changes) {
        Map<String, Object> decision = new LinkedHashMap<>(Map.of(
                "id",
                id,
                "lease",
                lease.get("id").asString(),
                "choice",
                "2",
                "activeMillis",
                1200,
                "judgedAt",
                Instant.now().toString()));
        decision.putAll(changes);
        return JSON.writeValueAsString(decision);
    }

    private static String undo(UUID id, UUID judgment) {
        return "{\"id\":\"%s\",\"undo\":\"%s\"}".formatted(id, judgment);
    }

    private MockHttpServletResponse send(String path, String body) throws Exception {
        return send("POST", path, body, annotator.username(), "ANNOTATOR", true);
    }

    private MockHttpServletResponse send(
            String method, String path, String body, @Nullable String who, String role, boolean token)
            throws Exception {
        var request = method.equals("GET") ? get(api(path)) : post(api(path));
        return perform(request.contentType(MediaType.APPLICATION_JSON).content(body), who, role, token);
    }

    private MockHttpServletResponse perform(
            MockHttpServletRequestBuilder request, @Nullable String who, String role, boolean token) throws Exception {
        if (token) {
            Cookie csrf = Objects.requireNonNull(
                    web.perform(get(api("")).with(user(annotator.username()).roles("ANNOTATOR")))
                            .andReturn()
                            .getResponse()
                            .getCookie("XSRF-TOKEN"));
            request.cookie(csrf).header("X-XSRF-TOKEN", csrf.getValue());
        }
        if (who != null) {
            request.with(user(who).roles(role));
        }
        return web.perform(request).andReturn().getResponse();
    }

    private static JsonNode read(MockHttpServletResponse response) throws Exception {
        String body = response.getContentAsString(StandardCharsets.UTF_8);
        assertThat(response.getStatus()).as(body).isEqualTo(200);
        return JSON.readTree(body);
    }

    /// The sentence for a person; never anything of the program's insides.
    private static String detail(MockHttpServletResponse response) throws Exception {
        String body = response.getContentAsString(StandardCharsets.UTF_8);
        assertThat(response.getContentType()).startsWith("application/problem+json");
        assertThat(body).doesNotContain("Exception", "tiebreak.studio", "java.", "trace");
        return JSON.readTree(body).get("detail").asString();
    }

    private String api(String path) {
        return "/api/board/projects/" + project.id().value() + path;
    }
}

@OnH2
class BoardRequestOnH2Test extends BoardRequestTests {}

@OnPostgres
class BoardRequestOnPostgresTest extends BoardRequestTests {}
