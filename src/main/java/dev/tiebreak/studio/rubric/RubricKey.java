package dev.tiebreak.studio.rubric;

/// The lasting name of a rubric, such as `helpful-honest-harmless`; its versions share it.
public record RubricKey(String value) {
    public RubricKey {
        if (value.isBlank()) {
            throw new IllegalArgumentException("a rubric key must not be blank");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
