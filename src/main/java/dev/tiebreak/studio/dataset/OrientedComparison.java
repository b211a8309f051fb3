package dev.tiebreak.studio.dataset;

import java.util.UUID;

/// A comparison as it stands, or will: which completion is its a.
record OrientedComparison(UUID id, UUID a) {}
