package dev.tiebreak.journey;

import dev.tiebreak.studio.dataset.ProjectId;
import java.io.IOException;
import java.net.HttpCookie;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// An annotator without a browser: signs in and speaks the board's REST contract.
final class BoardClient {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /// One for all: a thousand annotators need no thousand of its threads.
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    private final Map<String, String> cookies = new LinkedHashMap<>();
    private final String board;

    private BoardClient(String address, ProjectId project) {
        this.board = address + "/api/board/projects/" + project.value();
    }

    static BoardClient signIn(String address, ProjectId project, String name) throws Exception {
        return signIn(address, project, name, "tiebreak-" + name);
    }

    static BoardClient signIn(String address, ProjectId project, String name, String password) throws Exception {
        BoardClient client = new BoardClient(address, project);
        HttpResponse<String> answer = client.send(HttpRequest.newBuilder(URI.create(address + "/login"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("username=" + name + "&password=" + password)));
        String to = answer.headers().firstValue("Location").orElse("");
        if (answer.statusCode() != 302 || to.contains("error")) {
            throw new IllegalStateException(name + " was not let in: " + answer.statusCode() + " " + to);
        }
        client.read(client.send(HttpRequest.newBuilder(URI.create(client.board)))); // brings the CSRF token
        return client;
    }

    JsonNode lease(int count, List<String> holding) throws Exception {
        return post("/leases", Map.of("count", count, "holding", holding)).get("leases");
    }

    JsonNode judge(List<Map<String, Object>> judgments) throws Exception {
        return post("/judgments", Map.of("judgments", judgments)).get("results");
    }

    static Map<String, Object> judgment(JsonNode lease, String choice) {
        return Map.of(
                "id",
                UUID.randomUUID().toString(),
                "lease",
                lease.get("id").asString(),
                "choice",
                choice,
                "activeMillis",
                1500,
                "judgedAt",
                "2026-03-02T09:00:00Z");
    }

    /// What a board sends that was not told: the same id, whatever it was about.
    static Map<String, Object> sentAgain(String id) {
        return Map.of(
                "id", id, "lease", UUID.randomUUID().toString(), "choice", "1", "judgedAt", "2026-03-02T09:00:00Z");
    }

    private JsonNode post(String path, Map<String, Object> body) throws Exception {
        return read(send(HttpRequest.newBuilder(URI.create(board + path))
                .header("Content-Type", "application/json")
                .header("X-XSRF-TOKEN", token())
                .POST(BodyPublishers.ofString(JSON.writeValueAsString(body)))));
    }

    private String token() {
        return Objects.requireNonNull(cookies.get("XSRF-TOKEN"));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        if (!cookies.isEmpty()) {
            request.header(
                    "Cookie",
                    cookies.entrySet().stream()
                            .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                            .collect(Collectors.joining("; ")));
        }
        HttpResponse<String> answer = HTTP.send(request.timeout(PATIENCE).build(), BodyHandlers.ofString());
        answer.headers().allValues("Set-Cookie").stream()
                .flatMap(header -> HttpCookie.parse(header).stream())
                .forEach(cookie -> cookies.put(cookie.getName(), cookie.getValue()));
        return answer;
    }

    private JsonNode read(HttpResponse<String> answer) throws IOException {
        if (answer.statusCode() != 200) {
            throw new IOException(answer.statusCode() + ": " + answer.body());
        }
        return JSON.readTree(answer.body());
    }
}
