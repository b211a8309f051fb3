package dev.tiebreak.studio.rubric;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// The text of a rubric file in the one form that is hashed and stored: without byte order mark, lines ended by `\n`.
record RubricText(String source) {
    RubricText {
        source = source.replace("\uFEFF", "").replace("\r\n", "\n").replace('\r', '\n');
    }

    /// @throws CharacterCodingException when the bytes are not UTF-8
    static RubricText decode(byte[] utf8) throws CharacterCodingException {
        return new RubricText(StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(utf8))
                .toString());
    }

    /// In lower-case hex.
    String sha256() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(source.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
