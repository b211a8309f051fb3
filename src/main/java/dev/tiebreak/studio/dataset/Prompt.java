package dev.tiebreak.studio.dataset;

import java.util.List;

/// What completions are written for: a conversation, usually one turn of the user.
public record Prompt(PromptId id, ProjectId project, List<Turn> turns) {
    public Prompt {
        turns = List.copyOf(turns);
    }
}
