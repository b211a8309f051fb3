package dev.tiebreak.studio.registry;

/// What the engine computes on, and why on that.
///
/// @param name such as `cpu` or `cuda:0`
public record EngineDevice(String name, String reason) {}
