package generator;

import static java.util.stream.Collectors.joining;

import java.util.List;

/// A prompt of a sample project with its completions.
record Sample(String id, List<Turn> turns, List<Candidate> completions) {

    /// @param source  the fictional model that wrote it
    /// @param quality utility in log-odds, seen by the simulated annotators only
    record Candidate(String id, String source, double quality, String text) {
        String json() {
            return "{\"id\":" + Writer.quoted(id) + ",\"source\":" + Writer.quoted(source)
                    + ",\"text\":" + Writer.quoted(text) + "}";
        }
    }

    String json(String rubric) {
        return "{\"id\":" + Writer.quoted(id)
                + ",\"turns\":" + Conversation.turns(turns)
                + ",\"completions\":" + completions.stream().map(Candidate::json).collect(joining(",", "[", "]"))
                + ",\"rubric\":" + Writer.quoted(rubric) + "}";
    }
}
