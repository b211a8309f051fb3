package dev.tiebreak.studio.preference.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import dev.tiebreak.studio.preference.FreezeCounts;

/// What became of the comparisons, in figures and in one sentence.
class FreezeOutcome extends Div {

    FreezeOutcome(FreezeCounts counts) {
        Div figures = new Div(
                figure(counts.pairs(), "pairs kept"),
                figure(counts.ties(), "tied"),
                figure(counts.bothBad(), "both bad"),
                figure(counts.tooFewVotes(), "too few votes"),
                figure(counts.withoutVotes(), "without a vote"));
        figures.addClassName("tb-counts");
        add(figures, new Paragraph(sentence(counts)));
    }

    private static Div figure(int count, String what) {
        Span number = new Span("%,d".formatted(count));
        number.addClassName("tb-count");
        return new Div(number, new Span(what));
    }

    private static String sentence(FreezeCounts counts) {
        if (counts.comparisons() == 0) {
            return "There is nothing to freeze: the project has no comparisons yet.";
        }
        if (counts.pairs() == 0) {
            return "There is nothing to freeze with these settings: none of the %,d comparisons gives a pair."
                    .formatted(counts.comparisons());
        }
        return "Of %,d comparisons with %,d votes, %,d pairs (%,d prompts) are for training, %,d (%,d prompts) for testing."
                .formatted(
                        counts.comparisons(),
                        counts.votes(),
                        counts.trainPairs(),
                        counts.trainPrompts(),
                        counts.testPairs(),
                        counts.testPrompts());
    }
}
