package dev.tiebreak.studio.training;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// @param parallel  runs at a time on this server
/// @param heartbeat how often the worker of a run says that it is alive; after four silences the run is taken over
@ConfigurationProperties("tiebreak.training")
record TrainingProperties(
        @DefaultValue("1") int parallel, @DefaultValue("5s") Duration heartbeat) {}
