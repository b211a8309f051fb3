package dev.tiebreak.journey;

import dev.tiebreak.studio.dataset.ProjectId;
import java.io.IOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// An annotator without a browser: signs in and speaks the board's REST contract.
final class BoardClient {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final CookieManager cookies = new CookieManager();
    private final HttpClient http = HttpClient.newBuilder()
            .cookieHandler(cookies)
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    private final String address;
    private final String board;

    private BoardClient(String address, ProjectId project) {
        this.address = address;
        this.board = address + "/api/board/projects/" + project.value();
    }

    static BoardClient signIn(String address, ProjectId project, String name) throws Exception {
        BoardClient client = new BoardClient(address, project);
        HttpResponse<String> answer = client.send(HttpRequest.newBuilder(URI.create(address + "/login"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("username=" + name + "&password=tiebreak-" + name)));
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

    private JsonNode post(String path, Map<String, Object> body) throws Exception {
        return read(send(HttpRequest.newBuilder(URI.create(board + path))
                .header("Content-Type", "application/json")
                .header("X-XSRF-TOKEN", token())
                .POST(BodyPublishers.ofString(JSON.writeValueAsString(body)))));
    }

    private String token() {
        return cookies.getCookieStore().get(URI.create(address)).stream()
                .filter(cookie -> cookie.getName().equals("XSRF-TOKEN"))
                .map(HttpCookie::getValue)
                .findFirst()
                .orElseThrow();
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.timeout(Duration.ofSeconds(20)).build(), BodyHandlers.ofString());
    }

    private JsonNode read(HttpResponse<String> answer) throws IOException {
        if (answer.statusCode() != 200) {
            throw new IOException(answer.statusCode() + ": " + answer.body());
        }
        return JSON.readTree(answer.body());
    }
}
