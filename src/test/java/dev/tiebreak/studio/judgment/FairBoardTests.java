package dev.tiebreak.studio.judgment;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import dev.tiebreak.studio.account.Account;
import dev.tiebreak.studio.account.AccountService;
import dev.tiebreak.studio.account.NewAccount;
import dev.tiebreak.studio.account.Role;
import dev.tiebreak.studio.account.SystemAccount;
import dev.tiebreak.studio.assignment.CheckService;
import dev.tiebreak.studio.assignment.CheckSettings;
import dev.tiebreak.studio.assignment.GoldItem;
import dev.tiebreak.studio.assignment.GoldItem.Expected;
import dev.tiebreak.studio.assignment.Purpose;
import dev.tiebreak.studio.dataset.ComparisonId;
import dev.tiebreak.studio.dataset.Comparisons;
import dev.tiebreak.studio.dataset.Project;
import dev.tiebreak.studio.testing.OnH2;
import dev.tiebreak.studio.testing.OnPostgres;
import dev.tiebreak.studio.testing.SmallProject;
import jakarta.servlet.http.Cookie;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.RequestPostProcessor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What an annotator who reads the network traffic could learn: nothing.
@AutoConfigureMockMvc
@Import(SmallProject.class)
abstract class FairBoardTests {
    private static final JsonMapper JSON = JsonMapper.shared();

    @Autowired
    MockMvc web;

    @Autowired
    AccountService accounts;

    @Autowired
    CheckService checks;

    @Autowired
    Comparisons comparisons;

    @Autowired
    CurrentJudgments current;

    @Autowired
    GoldOfChecks gold;

    @Autowired
    SmallProject small;

    @Autowired
    JdbcClient database;

    private Account annotator;
    private Project project;

    @BeforeEach
    void aProjectWithEveryKindOfCheck() {
        annotator = someone();
        project = small.with(40, 2, Duration.ofHours(1));
        List<ComparisonId> ids = comparisons.ids(project.id());
        SystemAccount.act(() -> {
            checks.set(project.id(), new CheckSettings(0.2, 3, 0.3));
            checks.mark(
                    project.id(),
                    IntStream.range(0, 12)
                            .mapToObj(i ->
                                    new GoldItem(ids.get(i), Expected.B, Optional.of("told-afterwards"), i % 2 == 0))
                            .toList());
        });
    }

    @Test
    void leases_of_every_purpose_differ_in_values_only_and_no_answer_names_what_must_stay_hidden() throws Exception {
        String others = judgeAll("somebody else's secret reason"); // whose votes must not show either
        annotator = someone();
        Map<Purpose, Set<String>> shapes = new EnumMap<>(Purpose.class);
        Set<String> handles = new HashSet<>();
        Set<String> statuses = new HashSet<>();
        StringBuilder traffic = new StringBuilder(board());
        for (JsonNode answer = leases(); !answer.get("leases").isEmpty(); answer = leases()) {
            traffic.append(answer);
            JsonNode lease = answer.get("leases").get(0);
            assertThat(handles.add(lease.get("comparison").asString()))
                    .as("no name of a comparison comes twice")
                    .isTrue();
            shapes.computeIfAbsent(purposeOf(lease), _ -> new HashSet<>()).add(shape(lease));
            JsonNode results = judge(lease, "3", "mine");
            traffic.append(results);
            statuses.add(shape(results));
        }
        assertThat(shapes.keySet()).containsExactly(Purpose.values());
        assertThat(shapes.values().stream().distinct().toList())
                .as("names and kinds of what a lease tells")
                .hasSize(1);
        assertThat(statuses).hasSize(1);
        assertThat(others + traffic)
                .doesNotContain("secret-model", "source", "told-afterwards", "expected", "purpose", "probability")
                .doesNotContainIgnoringCase("gold", "repeat", "attention", "regular");
        assertThat(traffic.toString()).doesNotContain("somebody else's secret reason");
        comparisons
                .ids(project.id())
                .forEach(id -> assertThat(traffic.toString())
                        .as("an id by which the same comparison could be told again")
                        .doesNotContain(id.value().toString()));
    }

    @Test
    void checks_are_kept_with_their_purpose_and_count_for_nothing_else() throws Exception {
        judgeAll("");
        List<Judgment> all = current.ofAnyPurpose(project.id());
        assertThat(all).extracting(Judgment::purpose).contains(Purpose.values());
        assertThat(current.of(project.id()))
                .hasSize(28)
                .extracting(Judgment::purpose)
                .containsOnly(Purpose.REGULAR);
        assertThat(current.comparisonsByAnnotators(project.id())).isEqualTo(Map.of(1, 28L));
        assertThat(current.newestOf(annotator.id().asAnnotator(), HistoryFilter.ALL, 0, 1000))
                .as("to oneself a missing one would tell")
                .hasSameSizeAs(all);
    }

    @Test
    void gold_items_tell_afterwards_what_was_expected_attention_checks_do_not() throws Exception {
        judgeAll(""); // always the left one; expected is B
        List<Judgment> all = current.ofAnyPurpose(project.id());
        Map<JudgmentId, Judgment> judged = all.stream().collect(Collectors.toMap(Judgment::id, judgment -> judgment));
        List<GoldResults.Gold> told = gold.of(project.id(), annotator.id().asAnnotator(), 100);
        assertThat(told).hasSize((int) all.stream()
                .filter(judgment -> judgment.purpose() == Purpose.GOLD)
                .count());
        assertThat(told).extracting(GoldResults.Gold::agrees).contains(true, false);
        assertThat(told).allSatisfy(result -> {
            assertThat(result.explanation()).contains("told-afterwards");
            assertThat(result.agrees())
                    .isEqualTo(requireNonNull(judged.get(result.judgment())).strength() < 0);
        });
        assertThat(gold.of(project.id(), someone().id().asAnnotator(), 100)).isEmpty();
    }

    @Test
    void a_repeat_is_turned_back_to_canonical_order() throws Exception {
        judgeAll(""); // always the left one
        List<Judgment> all = current.ofAnyPurpose(project.id());
        assertThat(all)
                .filteredOn(judgment -> judgment.purpose() == Purpose.REPEAT)
                .isNotEmpty()
                .allSatisfy(repeat -> {
                    Judgment first = all.stream()
                            .filter(judgment -> judgment.comparison().equals(repeat.comparison()))
                            .filter(judgment -> judgment.purpose() == Purpose.REGULAR)
                            .findFirst()
                            .orElseThrow();
                    assertThat(repeat.strength())
                            .as("left again is the other completion")
                            .isEqualTo(-first.strength());
                });
    }

    @Test
    void a_check_is_taken_back_as_anything_else_is() throws Exception {
        JsonNode lease = leases().get("leases").get(0);
        while (purposeOf(lease) == Purpose.REGULAR) {
            judge(lease, "2", "");
            lease = leases().get("leases").get(0);
        }
        UUID judged = UUID.fromString(
                judge(lease, "skip", "").get("results").get(0).get("id").asString());
        JsonNode undone = call(
                        "/judgments",
                        "{\"judgments\":[{\"id\":\"%s\",\"undo\":\"%s\"}]}".formatted(UUID.randomUUID(), judged))
                .get("results")
                .get(0);
        assertThat(undone.get("status").asString()).isEqualTo("undone");
        assertThat(undone.get("lease").get("comparison")).isEqualTo(lease.get("comparison"));
        assertThat(undone.get("lease").get("left")).isEqualTo(lease.get("left"));
    }

    private String judgeAll(String reason) throws Exception {
        StringBuilder traffic = new StringBuilder();
        for (JsonNode answer = leases(); !answer.get("leases").isEmpty(); answer = leases()) {
            traffic.append(answer);
            judge(answer.get("leases").get(0), "1", reason);
        }
        return traffic.toString();
    }

    private Purpose purposeOf(JsonNode lease) {
        return Purpose.valueOf(database.sql("""
                        select 'REGULAR' from assignment_slot where lease_id = :lease
                        union all select purpose from assignment_check where lease_id = :lease
                        """)
                .param("lease", UUID.fromString(lease.get("id").asString()))
                .query(String.class)
                .single());
    }

    /// Names and kinds of values, ids and times by their form.
    private static String shape(JsonNode node) {
        if (node.isObject()) {
            TreeSet<String> fields = new TreeSet<>();
            node.properties().forEach(field -> fields.add(field.getKey() + ":" + shape(field.getValue())));
            return fields.toString();
        }
        if (node.isArray()) {
            return "[" + (node.isEmpty() ? "" : shape(node.get(0))) + "]";
        }
        return node.isString()
                ? node.asString()
                        .replaceAll("^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$", "uuid")
                        .replaceAll("^\\d{4}-.*\\.\\d+Z$", "time")
                        .replaceAll("\\d+", "n")
                        .replaceAll("^[ab] n$", "completion")
                : node.getNodeType().toString();
    }

    private String board() throws Exception {
        return web.perform(get(api("")).with(me())).andReturn().getResponse().getContentAsString();
    }

    private JsonNode leases() throws Exception {
        return call("/leases", "{\"count\":1}");
    }

    private JsonNode judge(JsonNode lease, String choice, String reason) throws Exception {
        return call(
                "/judgments",
                JSON.writeValueAsString(Map.of(
                        "judgments",
                        List.of(Map.of(
                                "id",
                                UUID.randomUUID(),
                                "lease",
                                lease.get("id").asString(),
                                "choice",
                                choice,
                                "reason",
                                reason,
                                "judgedAt",
                                "2026-01-01T00:00:00Z")))));
    }

    private JsonNode call(String path, String body) throws Exception {
        Cookie token = Objects.requireNonNull(
                web.perform(get(api("")).with(me())).andReturn().getResponse().getCookie("XSRF-TOKEN"));
        MockHttpServletResponse response = web.perform(post(api(path))
                        .with(me())
                        .cookie(token)
                        .header("X-XSRF-TOKEN", token.getValue())
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(body))
                .andReturn()
                .getResponse();
        assertThat(response.getStatus()).as(response.getContentAsString()).isEqualTo(200);
        return JSON.readTree(response.getContentAsString());
    }

    private Account someone() {
        return accounts.create(new NewAccount("a" + UUID.randomUUID(), "Ana", Set.of(Role.ANNOTATOR)));
    }

    private RequestPostProcessor me() {
        return user(annotator.username()).roles("ANNOTATOR");
    }

    private String api(String path) {
        return "/api/board/projects/" + project.id().value() + path;
    }
}

@OnH2
class FairBoardOnH2Test extends FairBoardTests {}

@OnPostgres
class FairBoardOnPostgresTest extends FairBoardTests {}
