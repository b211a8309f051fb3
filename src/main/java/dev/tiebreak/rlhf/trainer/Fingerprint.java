package dev.tiebreak.rlhf.trainer;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// SHA-256 over texts and numbers, each with its length, so that nothing runs into its neighbour.
final class Fingerprint {
    private final MessageDigest digest;

    Fingerprint() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    Fingerprint add(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(4).putInt(bytes.length).flip());
        digest.update(bytes);
        return this;
    }

    Fingerprint add(int[] numbers) {
        ByteBuffer bytes = ByteBuffer.allocate(4 + 4 * numbers.length).putInt(numbers.length);
        for (int number : numbers) {
            bytes.putInt(number);
        }
        digest.update(bytes.flip());
        return this;
    }

    String hex() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
