package dev.tiebreak.studio.dataset;

import java.util.Optional;

/// What a model or a person wrote for a prompt.
///
/// @param source which model or file it came from; annotators never see it
public record Completion(CompletionId id, PromptId prompt, String text, Optional<String> source) {}
