package dev.tiebreak.statistics.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tiebreak.statistics.numeric.Replicates;
import dev.tiebreak.statistics.numeric.Spread;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ItemDrawTest {
    private static final CategoryCounts COUNTS = CategoryCounts.builder(3)
            .addItems(31, 5, 0, 0)
            .addItems(12, 3, 2, 0)
            .addItems(20, 1, 3, 1)
            .addItems(4, 0, 1, 4)
            .build();

    @Test
    void every_draw_has_as_many_items_as_there_are() {
        Replicates seeds = Replicates.of(3, 50);
        for (int draw = 0; draw < seeds.draws(); draw++) {
            assertThat(byItem().redraw(seeds.generator(draw)).items()).isEqualTo(67);
            assertThat(byPattern().redraw(seeds.generator(draw)).items()).isEqualTo(67);
        }
    }

    @Test
    void items_one_by_one_and_patterns_at_once_are_drawn_from_the_same_distribution() {
        // 20,000 draws leave a standard deviation uncertain by 0.5 %
        double[] each = alphas(byItem());
        double[] together = alphas(byPattern());
        assertThat(Spread.ofSample(each) / Spread.ofSample(together)).isCloseTo(1, within(0.02));
        assertThat(Arrays.stream(each).average().orElseThrow())
                .isCloseTo(Arrays.stream(together).average().orElseThrow(), within(0.003));
    }

    @Test
    void items_that_all_differ_are_drawn_one_by_one() {
        CategoryCounts.Builder different = CategoryCounts.builder(2);
        IntStream.range(0, 100).forEach(item -> different.add(item, 100 - item));
        assertThat(ItemDraw.from(different.build())).isInstanceOf(ItemDraw.ByItem.class);
        CategoryCounts alike = CategoryCounts.builder(2).addItems(100, 1, 1).build();
        assertThat(ItemDraw.from(alike)).isInstanceOf(ItemDraw.ByPattern.class);
    }

    private static double[] alphas(ItemDraw draw) {
        Replicates seeds = Replicates.of(11, 20_000);
        return IntStream.range(0, seeds.draws())
                .mapToDouble(i -> KrippendorffAlpha.nominal()
                        .of(draw.redraw(seeds.generator(i)))
                        .point()
                        .orElseThrow())
                .toArray();
    }

    private static ItemDraw byPattern() {
        return new ItemDraw.ByPattern(COUNTS);
    }

    private static ItemDraw byItem() {
        int[] patternOf = new int[67]; // patterns stand in lexicographic order
        Arrays.fill(patternOf, 4, 24, 1);
        Arrays.fill(patternOf, 24, 36, 2);
        Arrays.fill(patternOf, 36, 67, 3);
        return new ItemDraw.ByItem(COUNTS, patternOf);
    }
}
