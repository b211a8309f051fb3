package dev.tiebreak.cli;

import dev.tiebreak.rlhf.tokenizer.Tokenizer;
import dev.tiebreak.rlhf.torch.TorchRuntime;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// Unpacks the natives where that is still to be done, and says what would be trained on.
@Command(name = "device", description = "Says which device training would use, and why.")
final class DeviceCommand implements Callable<Integer> {

    @Override
    public Integer call() throws Exception {
        return TorchRuntime.onTensorThread("device", () -> {
            try (TorchRuntime runtime = TorchRuntime.start(System.err::println)) {
                Tokenizer.loadLibrary();
                System.out.println(
                        runtime.device().name() + ": " + runtime.device().reason());
            }
            return 0;
        });
    }
}
