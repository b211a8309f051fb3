package dev.tiebreak.studio.dataset;

/// One message of a conversation.
///
/// @param role `system`, `user` or `assistant`
public record Turn(String role, String content) {
    public static Turn user(String content) {
        return new Turn("user", content);
    }
}
