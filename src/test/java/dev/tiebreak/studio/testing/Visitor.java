package dev.tiebreak.studio.testing;

import java.io.IOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Somebody with a browser's cookies but without a browser; follows no redirect by themselves.
public final class Visitor {
    private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" content=\"([^\"]+)\"");

    private final CookieManager cookies = new CookieManager();
    private final HttpClient client =
            HttpClient.newBuilder().cookieHandler(cookies).build();
    private final String base;

    /// @param base such as `http://127.0.0.1:8080`
    public Visitor(String base) {
        this.base = base;
    }

    public static Visitor of(int port) {
        return new Visitor("http://127.0.0.1:" + port);
    }

    /// Signs in through the form, as the sign-in page does.
    ///
    /// @return where the server leads afterwards
    public String signIn(String username, String password) {
        return location(form("/login", Map.of("username", username, "password", password, "_csrf", formToken())));
    }

    /// The token that the sign-in page gives to its form.
    public String formToken() {
        var token = TOKEN.matcher(get("/login").body());
        if (!token.find()) {
            throw new IllegalStateException("the sign-in page carries no token");
        }
        return token.group(1);
    }

    public HttpResponse<String> get(String path, String... headers) {
        return send(request(path).GET(), headers);
    }

    public HttpResponse<String> form(String path, Map<String, String> fields, String... headers) {
        String body = fields.entrySet().stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
        return send(
                request(path)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(body)),
                headers);
    }

    /// Calls as the board's script does, with its token in a header.
    public HttpResponse<String> call(String method, String path, String json) {
        if (cookie("XSRF-TOKEN").isEmpty()) {
            get("/api/board"); // brings the cookie, whatever it answers
        }
        return callWithoutToken(
                method, path, json, "X-XSRF-TOKEN", cookie("XSRF-TOKEN").orElse(""));
    }

    public HttpResponse<String> callWithoutToken(String method, String path, String json, String... headers) {
        var body = method.equals("GET") ? BodyPublishers.noBody() : BodyPublishers.ofString(json);
        return send(request(path).header("Content-Type", "application/json").method(method, body), headers);
    }

    public Optional<String> cookie(String name) {
        return cookies.getCookieStore().getCookies().stream()
                .filter(cookie -> cookie.getName().equals(name))
                .findFirst()
                .map(HttpCookie::getValue);
    }

    public static String location(HttpResponse<?> response) {
        return response.headers().firstValue("Location").orElse("");
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base + path));
    }

    private HttpResponse<String> send(HttpRequest.Builder request, String... headers) {
        try {
            return client.send(
                    (headers.length == 0 ? request : request.headers(headers)).build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
