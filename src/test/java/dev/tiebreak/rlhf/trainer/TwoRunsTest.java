package dev.tiebreak.rlhf.trainer;

import static dev.tiebreak.rlhf.trainer.TrainingMethod.DPO;
import static dev.tiebreak.rlhf.trainer.TrainingMethod.REWARD_MODEL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tiebreak.rlhf.torch.TorchRuntime;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TwoRunsTest {
    private static final String[] POLICY = {"max_steps=30", "num_train_epochs=5", "learning_rate=1e-3"};
    private static final String[] REWARD = {"max_steps=30", "num_train_epochs=5", "learning_rate=2e-3", "seed=7"};

    @TempDir
    Path folder;

    @Test
    void two_runs_at_once_in_one_process_log_what_each_logs_alone() throws Exception {
        SmallRun run = new SmallRun(folder);
        run.train("dpo-alone", DPO, POLICY);
        run.train("rm-alone", REWARD_MODEL, REWARD);

        CountDownLatch bothUnderWay = new CountDownLatch(2);
        BooleanSupplier waiting = () -> {
            bothUnderWay.countDown(); // asked before the first batch of either
            try {
                bothUnderWay.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return false;
        };
        var policy = new FutureTask<>(
                () -> TorchRuntime.onTensorThread("policy", () -> run.train("dpo-beside", DPO, waiting, POLICY)));
        var reward = new FutureTask<>(() ->
                TorchRuntime.onTensorThread("reward", () -> run.train("rm-beside", REWARD_MODEL, waiting, REWARD)));
        List.of(policy, reward).forEach(task -> Thread.ofPlatform().start(task));
        assertThat(policy.get()).isTrue();
        assertThat(reward.get()).isTrue();

        assertThat(run.timelessMetrics("dpo-beside")).isEqualTo(run.timelessMetrics("dpo-alone"));
        assertThat(run.timelessMetrics("rm-beside")).isEqualTo(run.timelessMetrics("rm-alone"));
    }
}
