package dev.tiebreak.studio.rubric;

import java.util.UUID;

/// One text of one rubric, for ever; every judgment is stamped with it.
public record RubricVersionId(UUID value) {
    @Override
    public String toString() {
        return value.toString();
    }
}
