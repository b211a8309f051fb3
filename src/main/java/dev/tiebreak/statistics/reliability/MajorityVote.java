package dev.tiebreak.statistics.reliability;

import dev.tiebreak.statistics.Estimate;
import dev.tiebreak.statistics.Labels;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/// The category most labels of an item name, and how often each annotator says the same.
///
/// Conventions are those of crowd-kit: every label is a vote, an annotator's second one too; of categories with
/// equally many votes the lowest number wins ([#isTied] tells). The **skill** of an annotator ("worker
/// agreement with aggregate", Wawa) is the share of what they said, each item and category once, that the
/// winner of the item says. It favours who votes on few-vote items, for one's own vote counts towards the
/// winner. The **agreement with others** leaves the annotator's own votes out and skips items on which the
/// others are split; it compares votes one by one. Both are shares between 0 and 1 with a Wilson interval,
/// undefined for who has nothing to compare.
public final class MajorityVote {
    private final Labels labels;
    /// Votes, `[item · K + category]`.
    private final int[] votes;

    private MajorityVote(Labels labels) {
        this.labels = labels;
        this.votes = new int[labels.items() * labels.categories()];
        for (int item = 0; item < labels.items(); item++) {
            for (int label = labels.start(item); label < labels.end(item); label++) {
                votes[item * labels.categories() + labels.category(label)]++;
            }
        }
    }

    public static MajorityVote of(Labels labels) {
        return new MajorityVote(labels);
    }

    /// The category with the most votes, the lowest of several; empty for an item without labels.
    public OptionalInt winner(int item) {
        return labels.start(item) == labels.end(item) ? OptionalInt.empty() : OptionalInt.of(most(votes(item)));
    }

    /// Whether another category has as many votes as the winner.
    public boolean isTied(int item) {
        return winner(item).isPresent() && isTied(votes(item));
    }

    /// The share of the item's votes that this category has; 0 for an item without labels.
    public double share(int item, int category) {
        int given = labels.end(item) - labels.start(item);
        return given == 0 ? 0 : (double) votes[item * labels.categories() + category] / given;
    }

    /// Agreement with the winner of each item, by annotator.
    ///
    /// @param confidence between 0 and 1
    public List<Estimate> skills(double confidence) {
        Optional<String> refusal = Overlap.nothingShared(labels);
        long[] agreeing = new long[labels.annotators()];
        long[] said = new long[labels.annotators()];
        for (int item = 0; item < labels.items(); item++) {
            int winner = winner(item).orElse(-1);
            for (int label = labels.start(item); label < labels.end(item); label++) {
                if (!repeats(item, label)) {
                    said[labels.annotator(label)]++;
                    agreeing[labels.annotator(label)] += labels.category(label) == winner ? 1 : 0;
                }
            }
        }
        return refusal.isPresent()
                ? refused(refusal.get())
                : shares(agreeing, said, confidence, "this annotator has no labels yet");
    }

    /// Equal labels of one annotator on one item stand side by side.
    private boolean repeats(int item, int label) {
        return label > labels.start(item)
                && labels.annotator(label - 1) == labels.annotator(label)
                && labels.category(label - 1) == labels.category(label);
    }

    /// Agreement with the majority of the others on each item, by annotator.
    ///
    /// @param confidence between 0 and 1
    public List<Estimate> agreementWithOthers(double confidence) {
        Optional<String> refusal = Overlap.nothingShared(labels);
        long[] agreeing = new long[labels.annotators()];
        long[] compared = new long[labels.annotators()];
        for (int item = 0; item < labels.items(); item++) {
            for (int label = labels.start(item); label < labels.end(item); label++) {
                int[] others = votesOfOthers(item, labels.annotator(label));
                int winner = most(others);
                if (others[winner] > 0 && !isTied(others)) {
                    compared[labels.annotator(label)]++;
                    agreeing[labels.annotator(label)] += labels.category(label) == winner ? 1 : 0;
                }
            }
        }
        return refusal.isPresent()
                ? refused(refusal.get())
                : shares(
                        agreeing,
                        compared,
                        confidence,
                        "no item of this annotator has a majority among the others: more shared items help");
    }

    private int[] votesOfOthers(int item, int annotator) {
        int[] others = votes(item);
        for (int label = labels.start(item); label < labels.end(item); label++) {
            if (labels.annotator(label) == annotator) {
                others[labels.category(label)]--;
            }
        }
        return others;
    }

    private int[] votes(int item) {
        int[] ofItem = new int[labels.categories()];
        System.arraycopy(votes, item * ofItem.length, ofItem, 0, ofItem.length);
        return ofItem;
    }

    private static int most(int[] votes) {
        int most = 0;
        for (int category = 1; category < votes.length; category++) {
            most = votes[category] > votes[most] ? category : most;
        }
        return most;
    }

    private static boolean isTied(int[] votes) {
        int most = votes[most(votes)];
        return IntStream.of(votes).filter(count -> count == most).count() > 1;
    }

    private List<Estimate> refused(String reason) {
        return IntStream.range(0, labels.annotators())
                .<Estimate>mapToObj(_ -> new Estimate.Undefined(reason))
                .toList();
    }

    private static List<Estimate> shares(long[] successes, long[] trials, double confidence, String nothing) {
        return IntStream.range(0, trials.length)
                .mapToObj(i -> trials[i] == 0
                        ? new Estimate.Undefined(nothing)
                        : Estimate.share(successes[i], trials[i], confidence))
                .toList();
    }
}
