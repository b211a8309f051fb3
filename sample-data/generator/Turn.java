package generator;

/// One turn of a conversation; the role is `system`, `user` or `assistant`.
public record Turn(String role, String content) {
    String json() {
        return "{\"role\":" + Writer.quoted(role) + ",\"content\":" + Writer.quoted(content) + "}";
    }
}
