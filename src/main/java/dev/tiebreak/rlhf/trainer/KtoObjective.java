package dev.tiebreak.rlhf.trainer;

import dev.tiebreak.rlhf.WrongInputException;
import dev.tiebreak.rlhf.data.LabelledExample;
import dev.tiebreak.rlhf.data.TextExample;
import dev.tiebreak.rlhf.loss.KtoLoss;
import dev.tiebreak.rlhf.model.LanguageModel;
import dev.tiebreak.rlhf.model.PackedSequences;
import dev.tiebreak.rlhf.torch.GradMode;
import dev.tiebreak.rlhf.torch.TensorScope;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// Kahneman–Tversky Optimization. Beside its own completion, every prompt is seen with the completion of another
/// prompt,
/// without gradients: how much likelier the policy has made those is the drift that a batch is judged against.
///
/// Mismatched completions are those of the row before, within groups of a batch's size in the file's order, as TRL
/// deals them out, but that a row with the same prompt is passed over (the two halves of a pair are such rows); so they
/// are the same in every epoch, and the reference sees each once. Batches themselves are
/// shuffled, as for every other method.
final class KtoObjective implements Objective {
    private final LanguageModel model;
    private final List<LabelledExample> examples;
    private final List<LabelledExample> heldOut;
    private final List<LabelledExample> mismatched;
    private final List<LabelledExample> heldOutMismatched;
    private final KtoSettings settings;
    private final KtoLoss loss;
    private final ReferenceLogProbs reference;

    /// @param batchSize rows of a backward pass
    /// @param longest   tokens of a prompt with a completion, to which what is lent is cut
    /// @throws WrongInputException when a batch is too small to lend completions within it
    KtoObjective(
            LanguageModel model,
            List<LabelledExample> examples,
            List<LabelledExample> heldOut,
            KtoSettings settings,
            int batchSize,
            int longest) {
        if (settings.estimatesDrift() && batchSize < 2) {
            throw new WrongInputException("kto needs per_device_train_batch_size 2 or more: "
                    + "each prompt is also seen with another row's completion");
        }
        this.model = model;
        this.examples = examples;
        this.heldOut = heldOut;
        this.mismatched = mismatched(examples, batchSize, longest);
        this.heldOutMismatched = mismatched(heldOut, batchSize, longest);
        this.settings = settings;
        this.loss = settings.loss();
        this.reference = new ReferenceLogProbs(examples.size(), heldOut.size(), this::sumsByRow, this::describe);
    }

    private void describe(Fingerprint fingerprint) {
        fingerprint.add("kto, drift " + settings.estimatesDrift());
        for (List<LabelledExample> rows : List.of(examples, mismatched, heldOut, heldOutMismatched)) {
            fingerprint.add(new int[] {rows.size()});
            rows.forEach(row -> fingerprint.add(row.prompt()).add(row.completion()));
        }
    }

    /// Every prompt with the completion of the nearest row before that has another prompt, around the group; with that
    /// of the row before where all prompts of the group are the same.
    static List<LabelledExample> mismatched(List<LabelledExample> rows, int groupSize, int longest) {
        return IntStream.range(0, rows.size())
                .mapToObj(i -> {
                    int begin = i / groupSize * groupSize;
                    List<LabelledExample> group = rows.subList(begin, Math.min(rows.size(), begin + groupSize));
                    int[] prompt = rows.get(i).prompt();
                    int[] lent = lender(group, i - begin).completion();
                    int[] fitting = Arrays.copyOf(lent, Math.min(lent.length, longest - prompt.length));
                    return new LabelledExample(prompt, fitting, rows.get(i).desirable());
                })
                .toList();
    }

    private static LabelledExample lender(List<LabelledExample> group, int borrower) {
        int[] prompt = group.get(borrower).prompt();
        return IntStream.range(1, group.size())
                .mapToObj(back -> group.get(Math.floorMod(borrower - back, group.size())))
                .filter(row -> !Arrays.equals(row.prompt(), prompt))
                .findFirst()
                .orElseGet(() -> group.get(Math.floorMod(borrower - 1, group.size())));
    }

    @Override
    public int rows() {
        return examples.size();
    }

    @Override
    public int heldOut() {
        return heldOut.size();
    }

    @Override
    public Optional<ReferenceLogProbs> reference() {
        return Optional.of(reference);
    }

    private double[][] sumsByRow(TensorScope scope, boolean ofHeldOut, int[] rows) {
        double[] own = forward(scope, ofHeldOut ? heldOut : examples, rows).sums();
        double[] other = settings.estimatesDrift() ? mismatchedSums(scope, ofHeldOut, rows) : new double[rows.length];
        return IntStream.range(0, rows.length)
                .mapToObj(i -> new double[] {own[i], other[i]})
                .toArray(double[][]::new);
    }

    private double[] mismatchedSums(TensorScope scope, boolean ofHeldOut, int[] rows) {
        try (TensorScope aside = scope.sub();
                GradMode _ = GradMode.off()) {
            return forward(aside, ofHeldOut ? heldOutMismatched : mismatched, rows)
                    .sums();
        }
    }

    @Override
    public StepSize size(int[] rows) {
        return new StepSize(rows.length, 0);
    }

    @Override
    public PackedSequences packed(int[] rows) {
        return TextForward.packed(texts(examples, rows));
    }

    @Override
    public long accumulate(TensorScope scope, int[] rows, StepSize step, Tally tally) {
        double drift = drift(scope, false, rows, tally);
        try (GradMode _ = GradMode.recording()) {
            TextForward forward = forward(scope, examples, rows);
            double[] slopes = count(forward, false, rows, drift, tally);
            double[] perSequence =
                    Arrays.stream(slopes).map(slope -> slope / step.rows()).toArray();
            model.backpropagate(
                    scope,
                    forward.pass(),
                    forward.tokens().targets(),
                    forward.tokens().spread(perSequence));
            return forward.packed().tokens().length;
        }
    }

    @Override
    public void evaluate(TensorScope scope, int[] rows, Tally tally) {
        double drift = drift(scope, true, rows, tally);
        try (GradMode _ = GradMode.off()) {
            count(forward(scope, heldOut, rows), true, rows, drift, tally);
        }
    }

    private double drift(TensorScope scope, boolean ofHeldOut, int[] rows, Tally tally) {
        if (!settings.estimatesDrift()) {
            tally.add("kl", 0);
            return 0;
        }
        double[] now = mismatchedSums(scope, ofHeldOut, rows);
        double[] before = reference.column(ofHeldOut, rows, 1);
        double drift = KtoLoss.drift(IntStream.range(0, rows.length)
                .mapToDouble(i -> now[i] - before[i])
                .toArray());
        tally.add("kl", drift);
        return drift;
    }

    private static List<TextExample> texts(List<LabelledExample> from, int[] rows) {
        return Arrays.stream(rows)
                .mapToObj(from::get)
                .map(row -> new TextExample(row.prompt(), row.completion()))
                .toList();
    }

    private TextForward forward(TensorScope scope, List<LabelledExample> from, int[] rows) {
        return TextForward.of(model, scope, texts(from, rows));
    }

    /// @return derivatives of the sum of losses by each completion's summed log-probability
    private double[] count(TextForward forward, boolean ofHeldOut, int[] rows, double drift, Tally tally) {
        double[] sums = forward.sums();
        double[] before = reference.column(ofHeldOut, rows, 0);
        double[] slopes = new double[rows.length];
        int n = 0;
        for (int i = 0; i < rows.length; i++) {
            boolean desirable = (ofHeldOut ? heldOut : examples).get(rows[i]).desirable();
            double ratio = sums[i] - before[i];
            slopes[i] = loss.slope(ratio, drift, desirable);
            String side = desirable ? "chosen" : "rejected"; // TRL's words for the two
            tally.add("loss", loss.value(ratio, drift, desirable));
            tally.add("rewards/" + side, settings.beta() * ratio);
            tally.addTerm("rewards/margins", side, (desirable ? 1 : -1) * settings.beta() * ratio, 1);
            tally.add("logps/" + side, sums[i]);
            tally.add("completions/" + side + "_length", forward.tokens().counts()[i]);
            for (int t = 0; t < forward.tokens().counts()[i]; t++, n++) {
                tally.add("logits/" + side, forward.scores().meanLogits()[n]);
                tally.add("entropy", forward.scores().entropies()[n]);
            }
        }
        return slopes;
    }
}
