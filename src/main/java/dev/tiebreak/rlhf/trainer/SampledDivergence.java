package dev.tiebreak.rlhf.trainer;

import dev.tiebreak.rlhf.data.TextExample;
import dev.tiebreak.rlhf.model.LanguageModel;
import dev.tiebreak.rlhf.model.ModelFolder;
import dev.tiebreak.rlhf.model.PackedSequences;
import dev.tiebreak.rlhf.model.TrunkPass;
import dev.tiebreak.rlhf.rollout.Sample;
import dev.tiebreak.rlhf.rollout.SamplePrompt;
import dev.tiebreak.rlhf.rollout.Sampler;
import dev.tiebreak.rlhf.rollout.SamplingSettings;
import dev.tiebreak.rlhf.torch.GradMode;
import dev.tiebreak.rlhf.torch.TensorScope;
import dev.tiebreak.rlhf.torch.TorchRuntime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/// How far a policy has moved from where it began, on text of its own: KL(π ‖ π_ref) in nats a completion. Completions
/// are drawn from π, and of each the divergences of all next tokens are added up, which has the same mean as
/// ln π − ln π_ref of the completion and far less noise. What rows say of the policy does not tell that: it may move
/// far
/// where no row looks.
final class SampledDivergence {
    private static final int BATCH = 16;

    private final TorchRuntime runtime;
    private final ModelFolder policy;
    private final Supplier<ModelFolder> reference;
    private final List<int[]> prompts;
    private final int maxNewTokens;
    private final long seed;

    /// @param reference loads the model as it was; it is in memory only while it is asked
    /// @param prompts   one completion is drawn for each
    SampledDivergence(
            TorchRuntime runtime,
            ModelFolder policy,
            Supplier<ModelFolder> reference,
            List<int[]> prompts,
            int maxNewTokens,
            long seed) {
        this.runtime = runtime;
        this.policy = policy;
        this.reference = reference;
        this.prompts = prompts;
        this.maxNewTokens = maxNewTokens;
        this.seed = seed;
    }

    /// The first different prompts after which there is room to write.
    static List<int[]> prompts(List<int[]> all, int wanted, int context) {
        List<int[]> chosen = new ArrayList<>();
        for (int[] prompt : all) {
            boolean fits = prompt.length > 0 && prompt.length < context;
            if (fits && chosen.size() < wanted && chosen.stream().noneMatch(other -> Arrays.equals(other, prompt))) {
                chosen.add(prompt);
            }
        }
        return chosen;
    }

    /// Counts `objective/kl`, as PPO calls it, and `completions/mean_length`.
    ///
    /// @param step draws other completions at every step, and the same ones again where a run goes on
    /// @return false when it was stopped; nothing is counted then
    boolean count(int step, Tally tally, BooleanSupplier stopped) {
        List<TextExample> written = write(step, stopped);
        if (stopped.getAsBoolean()) {
            return false;
        }
        try (ModelFolder was = reference.get()) {
            for (int from = 0; from < written.size(); from += BATCH) {
                List<TextExample> batch = written.subList(from, Math.min(written.size(), from + BATCH));
                for (double divergence : divergences(was.model(), batch)) {
                    tally.add("objective/kl", divergence);
                }
            }
        }
        written.forEach(text -> tally.add("completions/mean_length", text.completion().length));
        return true;
    }

    private double[] divergences(LanguageModel was, List<TextExample> batch) {
        try (TensorScope scope = runtime.scope().sub();
                GradMode _ = GradMode.off()) {
            PackedSequences packed = TextForward.packed(batch);
            CompletionTokens tokens = TextForward.tokens(packed, batch);
            TrunkPass now = policy.model().trunk(scope, packed, tokens.places());
            TrunkPass before = was.trunk(scope, packed, tokens.places());
            return tokens.sums(policy.model().divergence(scope, now, was, before));
        }
    }

    private List<TextExample> write(int step, BooleanSupplier stopped) {
        List<SamplePrompt> wanted = IntStream.range(0, prompts.size())
                .mapToObj(i -> new SamplePrompt(prompts.get(i), seed + 1_000_003L * step + i))
                .toList();
        List<Sample> samples = Sampler.of(runtime, policy)
                .sample(wanted, new SamplingSettings(maxNewTokens, 1, 0, 1), (_, _) -> {}, stopped);
        return IntStream.range(0, samples.size())
                .mapToObj(i -> new TextExample(prompts.get(i), tokens(samples.get(i))))
                .filter(example -> example.completion().length > 0)
                .toList();
    }

    /// The stop token is part of what the policy said.
    private int[] tokens(Sample sample) {
        int[] tokens = sample.tokens();
        if (sample.finish() != Sample.Finish.STOP || policy.config().eosIds().isEmpty()) {
            return tokens;
        }
        int[] ended = Arrays.copyOf(tokens, tokens.length + 1);
        ended[tokens.length] = policy.config().eosIds().getFirst();
        return ended;
    }
}
