package dev.tiebreak.studio.assignment;

import dev.tiebreak.studio.dataset.ComparisonId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/// Draws what an annotator is asked next from what they could be asked.
///
/// Checks fall among the regular comparisons at places nobody can foresee, each place as likely as any other (selection
/// sampling): a check comes next with the share that checks have of all that is still to come.
final class Hand {
    private final List<Candidate> slots;
    private final List<Candidate> repeats;
    private final List<Candidate> gold;
    private final Map<ComparisonId, Double> weights;
    private final RandomGenerator random;
    private long open;
    private long repeatsToCome;
    private long goldToCome;
    private int imbalance;

    /// @param open      regular comparisons this annotator could still be given
    /// @param imbalance how much more often completion a has stood left than right for this annotator
    Hand(
            List<Candidate> slots,
            List<Candidate> repeats,
            List<Candidate> gold,
            long open,
            long repeatsToCome,
            long goldToCome,
            Map<ComparisonId, Double> weights,
            int imbalance,
            RandomGenerator random) {
        this.slots = slots;
        this.repeats = repeats;
        this.gold = gold;
        this.open = Math.max(open, slots.size());
        this.repeatsToCome = repeatsToCome;
        this.goldToCome = goldToCome;
        this.weights = weights;
        this.imbalance = imbalance;
        this.random = random;
    }

    /// As many as are wanted where there are as many, in the order in which they are to be judged.
    List<Draw<Candidate>> draw(int wanted) {
        List<Draw<Candidate>> drawn = new ArrayList<>();
        while (drawn.size() < wanted) {
            List<Candidate> pool = pool();
            if (pool.isEmpty()) {
                break;
            }
            Draw<Candidate> draw =
                    Draw.from(pool, candidate -> weights.getOrDefault(candidate.comparison(), 1.0), random);
            take(draw.drawn());
            drawn.add(draw);
        }
        return drawn;
    }

    private List<Candidate> pool() {
        double place = random.nextDouble() * (open + repeatsToCome + goldToCome);
        if (place < repeatsToCome && !repeats.isEmpty()) {
            return repeats;
        }
        if (place >= repeatsToCome && place < repeatsToCome + goldToCome && !gold.isEmpty()) {
            return gold;
        }
        if (!slots.isEmpty()) {
            return balancing();
        }
        return goldToCome > 0 && !gold.isEmpty() ? gold : repeatsToCome > 0 ? repeats : List.of();
    }

    /// Of the earliest round, those that bring the annotator's sides into balance, else all of that round.
    private List<Candidate> balancing() {
        int round = slots.stream().mapToInt(Candidate::round).min().orElseThrow();
        List<Candidate> now =
                slots.stream().filter(candidate -> candidate.round() == round).toList();
        List<Candidate> balancing = now.stream()
                .filter(candidate -> candidate.aLeft() == imbalance < 0)
                .toList();
        return imbalance == 0 || balancing.isEmpty() ? now : balancing;
    }

    private void take(Candidate candidate) {
        imbalance += candidate.aLeft() ? 1 : -1;
        switch (candidate.purpose()) {
            case REGULAR -> {
                slots.remove(candidate);
                open--;
            }
            case REPEAT -> {
                repeats.remove(candidate);
                repeatsToCome--;
            }
            case GOLD, ATTENTION -> {
                gold.remove(candidate);
                goldToCome--;
            }
        }
    }
}
