package dev.tiebreak.studio.account;

/// What a person may do. One person may hold several.
public enum Role {
    ANNOTATOR("Annotator"),
    DATA_LEAD("Data lead"),
    ML_ENGINEER("ML engineer"),
    ADMINISTRATOR("Administrator");

    private final String label;

    Role(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }

    /// The names as annotations on views and REST methods need them.
    public static final class Names {
        public static final String ANNOTATOR = "ANNOTATOR";
        public static final String DATA_LEAD = "DATA_LEAD";
        public static final String ML_ENGINEER = "ML_ENGINEER";
        public static final String ADMINISTRATOR = "ADMINISTRATOR";

        private Names() {}
    }
}
