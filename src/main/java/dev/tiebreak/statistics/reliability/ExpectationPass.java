package dev.tiebreak.statistics.reliability;

import dev.tiebreak.statistics.Labels;
import java.util.Arrays;
import java.util.stream.IntStream;

/// One pass over all labels: the posterior of each item's truth under a model, and what the next parameters
/// need.
///
/// Items are cut into blocks by the size of the data alone. Each block sums into buffers of its own, and the
/// buffers are added in the order of the blocks: the result is the same to the last bit on any number of
/// threads.
final class ExpectationPass {
    /// Fewer labels in a block cost more to hand out than to count.
    private static final int LABELS_IN_BLOCK = 8192;

    private static final int MOST_BLOCKS = 64;

    private final int items;
    private final int categories;
    private final int[] starts;
    /// Where the probabilities of a label stand for truth 0, by label.
    private final int[] cells;
    private final int blocks;
    private final double[][] blockCounts;
    private final double[][] blockTruths;
    private final double[] blockLogLikelihood;
    private final double[] logs;

    private final double[] posterior;
    private final double[] counts;
    private final double[] truths;
    private double logLikelihood;

    ExpectationPass(Labels labels) {
        items = labels.items();
        categories = labels.categories();
        starts = new int[items + 1];
        for (int item = 0; item < items; item++) {
            starts[item + 1] = labels.end(item);
        }
        cells = new int[labels.size()];
        Arrays.setAll(cells, l -> (labels.annotator(l) * categories + labels.category(l)) * categories);
        int table = labels.annotators() * categories * categories;
        blocks = Math.clamp(labels.size() / Math.max(LABELS_IN_BLOCK, table), 1, MOST_BLOCKS);
        blockCounts = new double[blocks][table];
        blockTruths = new double[blocks][categories];
        blockLogLikelihood = new double[blocks];
        logs = new double[table];
        posterior = new double[items * categories];
        counts = new double[table];
        truths = new double[categories];
    }

    /// Posteriors of the truth, `[item · K + truth]`.
    double[] posterior() {
        return posterior;
    }

    /// Expected labels of each annotator by truth, `[(annotator · K + label) · K + truth]`.
    double[] counts() {
        return counts;
    }

    /// Expected items of each truth; items without labels are not counted.
    double[] truths() {
        return truths;
    }

    /// `log P(labels)`, in nats.
    double logLikelihood() {
        return logLikelihood;
    }

    /// The share of an item's labels that each category has, times a factor that the caller may shake it with.
    void startFromVotes(Jitter jitter) {
        run(block -> {
            for (int item = first(block); item < first(block + 1); item++) {
                int at = item * categories;
                Arrays.fill(posterior, at, at + categories, 0);
                for (int label = starts[item]; label < starts[item + 1]; label++) {
                    posterior[at + cells[label] / categories % categories]++;
                }
                double sum = 0;
                for (int truth = 0; truth < categories; truth++) {
                    posterior[at + truth] *= jitter.factor(at + truth);
                    sum += posterior[at + truth];
                }
                for (int truth = 0; truth < categories && sum > 0; truth++) {
                    posterior[at + truth] /= sum;
                }
                count(block, item);
            }
        });
    }

    /// A factor above 0 for each entry of the posterior.
    @FunctionalInterface
    interface Jitter {
        double factor(int index);
    }

    void under(AnnotatorModel model) {
        double[] logPrior = new double[categories];
        Arrays.setAll(logPrior, truth -> Math.log(model.classPrior()[truth]));
        double[] probabilities = model.probabilities();
        for (int cell = 0; cell < logs.length; cell++) {
            logs[cell] = Math.log(probabilities[cell]);
        }
        run(block -> {
            double sum = 0;
            double[] joint = new double[categories];
            for (int item = first(block); item < first(block + 1); item++) {
                sum += posteriorOf(item, logPrior, joint);
                count(block, item);
            }
            blockLogLikelihood[block] = sum;
        });
    }

    /// @return the item's log-likelihood; log-sum-exp, for products of many labels underflow
    private double posteriorOf(int item, double[] logPrior, double[] joint) {
        System.arraycopy(logPrior, 0, joint, 0, joint.length);
        for (int label = starts[item]; label < starts[item + 1]; label++) {
            int cell = cells[label];
            for (int truth = 0; truth < joint.length; truth++) {
                joint[truth] += logs[cell + truth];
            }
        }
        double highest = Double.NEGATIVE_INFINITY;
        for (double log : joint) {
            highest = Math.max(highest, log);
        }
        double sum = 0;
        for (int truth = 0; truth < joint.length; truth++) {
            joint[truth] = Math.exp(joint[truth] - highest);
            sum += joint[truth];
        }
        for (int truth = 0; truth < joint.length; truth++) {
            posterior[item * joint.length + truth] = joint[truth] / sum;
        }
        return starts[item] == starts[item + 1] ? 0 : highest + Math.log(sum);
    }

    private void count(int block, int item) {
        if (starts[item] == starts[item + 1]) {
            return;
        }
        double[] table = blockCounts[block];
        double[] classes = blockTruths[block];
        int at = item * categories;
        for (int truth = 0; truth < categories; truth++) {
            classes[truth] += posterior[at + truth];
        }
        for (int label = starts[item]; label < starts[item + 1]; label++) {
            int cell = cells[label];
            for (int truth = 0; truth < categories; truth++) {
                table[cell + truth] += posterior[at + truth];
            }
        }
    }

    private int first(int block) {
        return (int) ((long) items * block / blocks);
    }

    private void run(Block task) {
        IntStream.range(0, blocks).parallel().forEach(block -> {
            Arrays.fill(blockCounts[block], 0);
            Arrays.fill(blockTruths[block], 0);
            task.run(block);
        });
        Arrays.fill(counts, 0);
        Arrays.fill(truths, 0);
        logLikelihood = 0;
        for (int block = 0; block < blocks; block++) {
            add(blockCounts[block], counts);
            add(blockTruths[block], truths);
            logLikelihood += blockLogLikelihood[block];
        }
    }

    private static void add(double[] from, double[] to) {
        for (int i = 0; i < to.length; i++) {
            to[i] += from[i];
        }
    }

    @FunctionalInterface
    private interface Block {
        void run(int block);
    }
}
