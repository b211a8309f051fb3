package dev.tiebreak.rlhf.trainer;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import dev.tiebreak.rlhf.torch.GradMode;
import dev.tiebreak.rlhf.torch.TensorScope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;

/// Log-probabilities of every row under the reference: the model as it was before the first step. They are computed
/// once, so no second model is kept, and go into checkpoints, so that a resumed run has the same.
final class ReferenceLogProbs {
    private static final Gson JSON = new Gson();
    private static final double SAME = 1e-5;

    /// Computes a few numbers for each of some rows with the model as it is now: `[rows][k]`.
    interface Source {
        double[][] of(TensorScope scope, boolean heldOut, int[] rows);
    }

    /// Adds to the hash whatever the source depends on, but for the model and the batches.
    interface Content {
        void addTo(Fingerprint fingerprint);
    }

    private final Source source;
    private final Content content;
    private double[][] train;
    private double[][] heldOut;

    ReferenceLogProbs(int rows, int heldOutRows, Source source, Content content) {
        this.source = source;
        this.content = content;
        this.train = new double[rows][];
        this.heldOut = new double[heldOutRows][];
    }

    /// What the numbers are a function of: the model, the tokens, and the batches, so that numbers that are kept are
    /// bit-equal to those that would be computed.
    ///
    /// @param model what tells the model, and what computes it, from every other
    String key(String model, List<int[]> firstEpoch) {
        Fingerprint fingerprint = new Fingerprint().add(model);
        content.addTo(fingerprint);
        firstEpoch.forEach(fingerprint::add);
        return fingerprint.hex();
    }

    /// @param firstEpoch its batches, so that what is computed here is bit-equal to what they will compute
    /// @return false when it was stopped before it was done
    boolean prepare(TensorScope scope, List<int[]> firstEpoch, BooleanSupplier stop) {
        return remember(scope, false, firstEpoch, stop)
                && remember(scope, true, TrainingRun.evaluationBatches(heldOut.length), stop);
    }

    /// Takes numbers that were kept, if the model still says of the first batch what they say.
    ///
    /// @return false when it does not, or they are not of these rows; nothing is taken then
    boolean take(JsonObject kept, TensorScope scope, List<int[]> firstEpoch) {
        try {
            return takeWhole(kept, scope, firstEpoch);
        } catch (JsonParseException | NullPointerException | IndexOutOfBoundsException _) {
            return false; // somebody has written into the file
        }
    }

    private boolean takeWhole(JsonObject kept, TensorScope scope, List<int[]> firstEpoch) {
        if (!(kept.get("train") instanceof JsonArray trainRows)
                || !(kept.get("held_out") instanceof JsonArray heldOutRows)) {
            return false;
        }
        double[][] keptTrain = matrix(trainRows);
        double[][] keptHeldOut = matrix(heldOutRows);
        if (keptTrain.length != train.length || keptHeldOut.length != heldOut.length) {
            return false;
        }
        int[] rows = firstEpoch.getFirst();
        try (TensorScope step = scope.sub();
                GradMode _ = GradMode.off()) {
            double[][] now = source.of(step, false, rows);
            for (int i = 0; i < rows.length; i++) {
                double[] then = keptTrain[rows[i]];
                for (int k = 0; k < now[i].length; k++) {
                    if (Math.abs(now[i][k] - then[k]) > SAME * (1 + Math.abs(then[k]))) {
                        return false;
                    }
                }
            }
        }
        train = keptTrain;
        heldOut = keptHeldOut;
        return true;
    }

    private boolean remember(TensorScope scope, boolean ofHeldOut, List<int[]> batches, BooleanSupplier stop) {
        for (int[] rows : batches) {
            if (stop.getAsBoolean()) {
                return false;
            }
            try (TensorScope step = scope.sub();
                    GradMode _ = GradMode.off()) {
                double[][] found = source.of(step, ofHeldOut, rows);
                for (int i = 0; i < rows.length; i++) {
                    (ofHeldOut ? heldOut : train)[rows[i]] = found[i];
                }
            }
        }
        return true;
    }

    /// One column of some rows.
    double[] column(boolean ofHeldOut, int[] rows, int column) {
        double[][] all = ofHeldOut ? heldOut : train;
        return Arrays.stream(rows).mapToDouble(row -> all[row][column]).toArray();
    }

    /// Null stands for rows that the run does not reach.
    JsonObject json() {
        JsonObject json = new JsonObject();
        json.add("train", JSON.toJsonTree(train));
        json.add("held_out", JSON.toJsonTree(heldOut));
        return json;
    }

    void restore(JsonObject json) {
        train = matrix(json.getAsJsonArray("train"));
        heldOut = matrix(json.getAsJsonArray("held_out"));
    }

    private static double[][] matrix(JsonArray rows) {
        List<double[]> matrix = new ArrayList<>();
        rows.forEach(row -> matrix.add(JSON.fromJson(row, double[].class)));
        return matrix.toArray(double[][]::new);
    }
}
