package dev.tiebreak.studio.dataset;

import dev.tiebreak.studio.account.AnnotatorId;
import dev.tiebreak.studio.dataset.format.ContentHash;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;

/// Ids that follow from what they name: the same content in the same project is the same row, however often and from
/// whatever file it is imported.
///
/// The upper half of a prompt's id is the time of its import and a counter, as in a UUID of version 7; all that belongs
/// to the prompt has the same upper half. So the rows of an import stand side by side in every index, which is what
/// keeps large imports fast. A prompt that is there already is found by its content, not by its id.
final class ContentIds {
    private static final int COUNTER_BITS = 12;

    private ContentIds() {}

    /// @param ordinal counts the project's prompts
    static UUID newPrompt(ProjectId project, String contentHash, Instant importedAt, int ordinal) {
        long time = importedAt.toEpochMilli() + (ordinal >>> COUNTER_BITS);
        long upper = time << 16 | 0x7000 | ordinal & ((1 << COUNTER_BITS) - 1);
        return id(upper, "prompt", project.value().toString(), contentHash);
    }

    static UUID completion(UUID prompt, String contentHash) {
        return id(prompt.getMostSignificantBits(), "completion", prompt.toString(), contentHash);
    }

    /// The same for both orders.
    static UUID comparison(UUID one, UUID other) {
        boolean inOrder = one.compareTo(other) < 0;
        UUID first = inOrder ? one : other;
        UUID second = inOrder ? other : one;
        return id(first.getMostSignificantBits(), "comparison", first.toString(), second.toString());
    }

    static AnnotatorId annotator(ProjectId project, String name) {
        return new AnnotatorId(hashed("annotator", project.value().toString(), name));
    }

    static UUID vote(ComparisonId comparison, AnnotatorId annotator, ImportFormat format) {
        return id(
                comparison.value().getMostSignificantBits(),
                "vote",
                comparison.value().toString(),
                annotator.value().toString(),
                format.commandName());
    }

    private static UUID id(long upper, String... parts) {
        return new UUID(upper, hashed(parts).getLeastSignificantBits());
    }

    private static UUID hashed(String... parts) {
        return UUID.nameUUIDFromBytes(ContentHash.of(parts).getBytes(StandardCharsets.US_ASCII));
    }
}
