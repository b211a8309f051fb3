package dev.tiebreak.studio.registry;

import dev.tiebreak.studio.account.Role;
import jakarta.annotation.security.RolesAllowed;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.springframework.stereotype.Service;

/// Lets people try a prompt on models.
@Service
public class TrialService {
    private final ModelWorker worker;
    private final ExamplePrompts examples;

    TrialService(ModelWorker worker, ExamplePrompts examples) {
        this.worker = worker;
        this.examples = examples;
    }

    /// Starts writing and returns at once.
    ///
    /// @param listener hears of it on a thread of its own, and must be quick
    @RolesAllowed({Role.Names.DATA_LEAD, Role.Names.ML_ENGINEER, Role.Names.ADMINISTRATOR})
    public Trial start(TrialRequest request, Consumer<TrialEvent> listener) {
        RunningTrial trial = new RunningTrial(worker, request, listener);
        trial.start();
        return trial;
    }

    /// What the engine computes on, once it is up; this warms it up.
    @RolesAllowed({Role.Names.DATA_LEAD, Role.Names.ML_ENGINEER, Role.Names.ADMINISTRATOR})
    public CompletableFuture<EngineDevice> device() {
        return worker.device();
    }

    /// Prompts that no sample model was trained on, to begin with; none where there is no demo.
    public List<String> examples() {
        return examples.all();
    }
}
