package dev.tiebreak.studio.training;

import dev.tiebreak.rlhf.trainer.HostMemory;
import java.util.OptionalLong;
import org.springframework.stereotype.Component;

/// The memory that a run could have on this machine.
@Component
public class FreeMemory {

    /// In bytes; empty where the system does not tell, and where the studio was started for a GPU: its memory would
    /// count.
    public OptionalLong bytes() {
        return System.getenv("PYTORCH_LIBRARY_PATH") != null ? OptionalLong.empty() : HostMemory.available();
    }
}
