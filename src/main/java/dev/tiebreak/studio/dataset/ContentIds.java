package dev.tiebreak.studio.dataset;

import dev.tiebreak.studio.account.AnnotatorId;
import dev.tiebreak.studio.dataset.format.ContentHash;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/// Ids that follow from what they name: the same content in the same project is the same row, however often and from
/// whatever file it is imported.
final class ContentIds {

    private ContentIds() {}

    static UUID prompt(ProjectId project, String contentHash) {
        return id("prompt", project.value().toString(), contentHash);
    }

    static UUID completion(UUID prompt, String contentHash) {
        return id("completion", prompt.toString(), contentHash);
    }

    /// The same for both orders.
    static UUID comparison(UUID one, UUID other) {
        boolean inOrder = one.compareTo(other) < 0;
        return id("comparison", (inOrder ? one : other).toString(), (inOrder ? other : one).toString());
    }

    static AnnotatorId annotator(ProjectId project, String name) {
        return new AnnotatorId(id("annotator", project.value().toString(), name));
    }

    static UUID vote(ComparisonId comparison, AnnotatorId annotator, ImportFormat format) {
        return id("vote", comparison.value().toString(), annotator.value().toString(), format.commandName());
    }

    private static UUID id(String... parts) {
        return UUID.nameUUIDFromBytes(ContentHash.of(parts).getBytes(StandardCharsets.US_ASCII));
    }
}
