package dev.tiebreak.studio.training.ui;

import dev.tiebreak.rlhf.trainer.TrainingMethod;
import dev.tiebreak.rlhf.trainer.TrainingSettings;
import java.util.List;
import java.util.stream.Stream;

/// One picture of a run: which metrics, under which names, and how to read them.
record Plot(String title, List<Curve> curves, String explanation) {
    /// The curve that is no metric of the run: what the annotators themselves reach.
    static final String ANNOTATORS = "one annotator";

    /// @param smoothed whether the mean of the last ten logged steps is drawn
    record Curve(String name, String metric, boolean smoothed) {}

    static List<Plot> of(TrainingSettings settings) {
        return settings.klSamples() == 0
                ? of(settings.method())
                : Stream.concat(of(settings.method()).stream(), Stream.of(divergence()))
                        .toList();
    }

    private static Plot divergence() {
        return new Plot(
                "Distance from the start",
                List.of(new Curve("own text", "eval_objective/kl", false)),
                "KL in nats per completion, on text that the policy writes for held-out prompts. A few nats are the price"
                        + " of learning; tens mean that it writes what the reference never would.");
    }

    static List<Plot> of(TrainingMethod method) {
        return switch (method) {
            case REWARD_MODEL ->
                List.of(
                        trainedAndHeldOut(
                                "Loss",
                                "loss",
                                "−log σ(chosen − rejected − margin). Held out rising while training falls: it learns its"
                                        + " rows by heart."),
                        trainedAndHeldOut(
                                "Accuracy",
                                "accuracy",
                                "Share of pairs whose chosen completion scores higher; ½ is a coin."),
                        trainedAndHeldOut(
                                "Reward margin",
                                "margin",
                                "Mean score of chosen minus rejected. The scale is free: compare within a run only."),
                        learningRate());
            case DPO ->
                List.of(
                        trainedAndHeldOut(
                                "Loss", "loss", "Begins at ln 2 = 0.693, where policy and reference are the same."),
                        trainedAndHeldOut(
                                "Accuracy",
                                "rewards/accuracies",
                                "Share of pairs of which the policy came to prefer the chosen completion, against the"
                                        + " reference. At the first step nothing is preferred yet."),
                        trainedAndHeldOut(
                                "Reward margin",
                                "rewards/margins",
                                "Implicit reward, β · log(policy / reference), of chosen minus rejected. This is what"
                                        + " should grow."),
                        rewards("Both may fall, even that of the chosen completion: only their distance matters."),
                        learningRate());
            case KTO ->
                List.of(
                        trainedAndHeldOut("Loss", "loss", "Begins at ½, where policy and reference are the same."),
                        trainedAndHeldOut(
                                "Reward margin",
                                "rewards/margins",
                                "Implicit reward, β · log(policy / reference), of desirable completions minus that of"
                                        + " undesirable ones. This is what should grow."),
                        rewards("Desirable ones should rise and undesirable ones fall, both against the drift."),
                        trainedAndHeldOut(
                                "Drift",
                                "kl",
                                "How much likelier the policy has made completions of other prompts, in nats. A drift"
                                        + " that runs away means that the policy forgets what it could."),
                        learningRate());
            case ORPO ->
                List.of(
                        trainedAndHeldOut(
                                "Loss", "loss", "Imitation and odds ratio together; begins near the model's own NLL."),
                        trainedAndHeldOut(
                                "Negative log-likelihood",
                                "nll_loss",
                                "Of chosen completions with their prompts, per token, in nats."),
                        trainedAndHeldOut(
                                "Log odds",
                                "log_odds_chosen",
                                "By how much the odds of a chosen completion exceed those of the rejected one."),
                        policyAccuracy(),
                        learningRate());
            case CPO, SIMPO ->
                List.of(
                        trainedAndHeldOut("Loss", "loss", "No reference, so it begins where the model stands."),
                        policyAccuracy(),
                        trainedAndHeldOut(
                                "Reward margin",
                                "rewards/margins",
                                "β · log probability of chosen minus that of rejected completions."),
                        rewards("Log-probabilities times β. Both falling far means that the language breaks."),
                        learningRate());
            case SFT ->
                List.of(
                        trainedAndHeldOut("Loss", "loss", "Mean −log probability of a token, in nats."),
                        learningRate());
        };
    }

    private static Plot policyAccuracy() {
        return trainedAndHeldOut(
                "Accuracy", "rewards/accuracies", "Share of pairs of which the policy finds the chosen one likelier.");
    }

    private static Plot rewards(String explanation) {
        return new Plot(
                "Rewards",
                List.of(new Curve("chosen", "rewards/chosen", true), new Curve("rejected", "rewards/rejected", true)),
                explanation);
    }

    private static Plot trainedAndHeldOut(String title, String metric, String explanation) {
        return new Plot(
                title,
                List.of(new Curve("training, smoothed", metric, true), new Curve("held out", "eval_" + metric, false)),
                explanation);
    }

    private static Plot learningRate() {
        return new Plot(
                "Learning rate",
                List.of(new Curve("learning rate", "learning_rate", false)),
                "Rises during the warm-up, then falls as the schedule says.");
    }

    boolean showsAnnotators() {
        return curves.stream().anyMatch(curve -> curve.metric().equals("accuracy"));
    }
}
