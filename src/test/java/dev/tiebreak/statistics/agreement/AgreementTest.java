package dev.tiebreak.statistics.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tiebreak.statistics.Estimate;
import dev.tiebreak.statistics.Estimate.Undefined;
import dev.tiebreak.statistics.RealData;
import dev.tiebreak.statistics.hypothesis.WilsonInterval;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AgreementTest {
    private static final KrippendorffAlpha ALPHA = KrippendorffAlpha.nominal();

    /// 2,139 comparisons, categories left, right, tie.
    private static CategoryCounts llmfao() throws IOException {
        List<String> lines = Files.readAllLines(RealData.file("llmfao/crowd-comparisons.csv"));
        List<String> categories = List.of("left", "right", "tie");
        Map<String, int[]> items = new HashMap<>();
        lines.stream()
                .skip(1)
                .map(line -> line.split(",", -1))
                .forEach(cells -> items.computeIfAbsent(cells[0], _ -> new int[3])[categories.indexOf(cells[5])]++);
        return CategoryCounts.of(3, items.values());
    }

    @Test
    void llmfao_votes_have_the_published_agreement() throws IOException {
        CategoryCounts counts = llmfao();
        assertThat(counts.labels()).isEqualTo(8_931);
        assertThat(counts.items()).isEqualTo(2_139);
        // five and four printed digits, so half a unit of the last one
        assertThat(value(ALPHA.of(counts))).isCloseTo(0.29060, within(5e-6));
        assertThat(value(new PercentAgreement().of(counts))).isCloseTo(0.5322, within(5e-5));
    }

    @Test
    void alpha_of_two_labels_each_is_what_one_computes_by_hand() {
        // Krippendorff 1980, p. 133: 1 − D_o/D_e = 1 − 0.4 / (2·14·6 / (20·19)); only rounding is allowed for
        CategoryCounts counts = CategoryCounts.builder(2)
                .addItems(5, 2, 0)
                .addItems(1, 0, 2)
                .addItems(4, 1, 1)
                .build();
        assertThat(value(ALPHA.of(counts))).isCloseTo(2.0 / 21, within(1e-12));
        assertThat(value(new PercentAgreement().of(counts))).isEqualTo(0.6);
    }

    @Test
    void the_order_of_items_does_not_matter_to_the_last_bit() {
        List<int[]> items = List.of(new int[] {3, 1, 1}, new int[] {0, 2, 2}, new int[] {1, 0, 4}, new int[] {5, 0, 0});
        CategoryCounts forwards = CategoryCounts.of(3, items);
        CategoryCounts backwards = CategoryCounts.of(3, items.reversed());
        assertThat(ALPHA.of(forwards)).isEqualTo(ALPHA.of(backwards));
        assertThat(KrippendorffAlpha.ordinal().of(forwards))
                .isEqualTo(KrippendorffAlpha.ordinal().of(backwards));
    }

    @Test
    void renaming_categories_changes_no_nominal_value() {
        CategoryCounts counts = CategoryCounts.builder(3)
                .addItems(4, 3, 1, 1)
                .addItems(2, 0, 2, 2)
                .addItems(3, 5, 0, 0)
                .build();
        CategoryCounts renamed = CategoryCounts.builder(3)
                .addItems(4, 1, 3, 1)
                .addItems(2, 2, 0, 2)
                .addItems(3, 0, 5, 0)
                .build();
        assertThat(value(ALPHA.of(renamed))).isCloseTo(value(ALPHA.of(counts)), within(1e-15));
        assertThat(value(new PercentAgreement().of(renamed))).isEqualTo(value(new PercentAgreement().of(counts)));
    }

    @Test
    void interval_alpha_on_two_values_is_nominal_alpha() {
        CategoryCounts counts = CategoryCounts.builder(2)
                .addItems(7, 2, 1)
                .addItems(5, 0, 4)
                .addItems(2, 3, 0)
                .build();
        double nominal = value(ALPHA.of(counts));
        assertThat(value(KrippendorffAlpha.interval(0, 1).of(counts))).isCloseTo(nominal, within(1e-12));
        assertThat(value(KrippendorffAlpha.interval(10, 30).of(counts)))
                .as("a scale may be shifted and stretched")
                .isCloseTo(nominal, within(1e-12));
    }

    @Test
    void items_with_one_label_change_nothing() {
        CategoryCounts counts =
                CategoryCounts.builder(2).addItems(7, 2, 1).addItems(5, 0, 4).build();
        CategoryCounts withSingles = CategoryCounts.builder(2)
                .addItems(7, 2, 1)
                .addItems(5, 0, 4)
                .addItems(900, 1, 0)
                .build();
        assertThat(ALPHA.of(withSingles)).isEqualTo(ALPHA.of(counts));
        assertThat(new PercentAgreement().of(withSingles)).isEqualTo(new PercentAgreement().of(counts));
    }

    @Test
    void a_hundred_thousand_items_do_not_overflow() {
        // marginals of 500,000 labels: an int product would give α far below −1
        CategoryCounts counts = CategoryCounts.builder(2)
                .addItems(100_000, 5, 0)
                .addItems(100_000, 0, 5)
                .build();
        assertThat(value(ALPHA.of(counts))).isEqualTo(1);
    }

    @Test
    void without_two_labels_on_any_item_there_is_a_reason_instead_of_a_value() {
        CategoryCounts singles = CategoryCounts.builder(3)
                .addItems(50, 1, 0, 0)
                .addItems(50, 0, 1, 0)
                .build();
        var reason = "no item has two labels: let at least two annotators label the same items";
        assertThat(ALPHA.of(singles)).isEqualTo(new Undefined(reason));
        assertThat(new PercentAgreement().of(singles)).isEqualTo(new Undefined(reason));
        assertThat(ALPHA.of(CategoryCounts.builder(3).build())).isEqualTo(new Undefined("there are no labels yet"));
    }

    @Test
    void a_constant_column_has_raw_agreement_but_no_alpha() {
        CategoryCounts constant =
                CategoryCounts.builder(2).addItems(40, 3, 0).addItems(1, 0, 1).build();
        assertThat(value(new PercentAgreement().of(constant))).isEqualTo(1);
        assertThat(ALPHA.of(constant))
                .isInstanceOfSatisfying(
                        Undefined.class,
                        undefined -> assertThat(undefined.reason()).contains("the same category"));
    }

    @Test
    void a_share_of_nothing_is_undefined() {
        assertThat(WilsonInterval.of(0, 0, 0.95)).isInstanceOf(Undefined.class);
    }

    private static double value(Estimate estimate) {
        return estimate.point().orElseThrow();
    }
}
