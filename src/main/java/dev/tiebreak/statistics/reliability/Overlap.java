package dev.tiebreak.statistics.reliability;

import dev.tiebreak.statistics.Labels;
import dev.tiebreak.statistics.numeric.DisjointSets;
import java.util.Optional;

/// Whether annotators labelled the same items, without which nobody can be judged by the others.
final class Overlap {

    private Overlap() {}

    /// Why a model learns nothing of anybody's competence from these labels; empty where it does.
    static Optional<String> refusal(Labels labels) {
        Optional<String> nothingShared = nothingShared(labels);
        if (nothingShared.isPresent()) {
            return nothingShared;
        }
        boolean oneCategory = true;
        for (int label = 1; label < labels.size(); label++) {
            oneCategory &= labels.category(label) == labels.category(0);
        }
        return oneCategory
                ? Optional.of("every label is the same category, so that nothing tells annotators apart: label items"
                        + " on which the categories differ")
                : Optional.empty();
    }

    /// Why no annotator can be compared with another; empty where somebody can.
    static Optional<String> nothingShared(Labels labels) {
        if (labels.size() == 0) {
            return Optional.of("there are no labels yet");
        }
        boolean oneAnnotator = true;
        for (int item = 0; item < labels.items(); item++) {
            for (int label = labels.start(item); label < labels.end(item); label++) {
                oneAnnotator &= labels.annotator(label) == labels.annotator(0);
                if (labels.annotator(label) != labels.annotator(labels.start(item))) {
                    return Optional.empty();
                }
            }
        }
        return Optional.of(
                oneAnnotator
                        ? "one annotator alone cannot be judged: let at least two label the same items"
                        : "no item has labels of two annotators: let at least two label the same items");
    }

    /// The group of each annotator: in one group are those whom a chain of shared items connects; −1 without
    /// labels.
    static int[] groups(Labels labels) {
        DisjointSets connected = new DisjointSets(labels.annotators());
        boolean[] labelled = new boolean[labels.annotators()];
        for (int item = 0; item < labels.items(); item++) {
            for (int label = labels.start(item); label < labels.end(item); label++) {
                labelled[labels.annotator(label)] = true;
                connected.join(labels.annotator(labels.start(item)), labels.annotator(label));
            }
        }
        int[] groups = new int[labelled.length];
        int found = 0;
        for (int annotator = 0; annotator < groups.length; annotator++) {
            int lowest = connected.lowest(annotator);
            if (!labelled[annotator]) {
                groups[annotator] = -1;
            } else {
                groups[annotator] = lowest == annotator ? found++ : groups[lowest];
            }
        }
        return groups;
    }
}
