package dev.tiebreak.studio.training.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class RunTextTest {

    @Test
    void settings_are_written_as_people_write_them() {
        assertThat(RunText.setting("1.0E-4")).isEqualTo("0.0001");
        assertThat(RunText.setting("1.0E-8")).isEqualTo("1e-8");
        assertThat(RunText.setting("100.0")).isEqualTo("100");
        assertThat(RunText.setting("0.0")).isEqualTo("0");
        assertThat(RunText.setting("linear")).isEqualTo("linear");
    }

    @Test
    void the_last_figures_of_either_method_fit_in_one_line() {
        assertThat(RunText.latest(Map.of("loss", 0.69314718, "eval_rewards/accuracies", 0.9375)))
                .isEqualTo("loss 0.693 · held-out accuracy 0.938");
        assertThat(RunText.latest(Map.of())).isEmpty();
    }

    @Test
    void a_trailing_mean_begins_with_the_first_value_and_forgets_after_ten() {
        TrailingMean mean = new TrailingMean();
        assertThat(mean.next(5)).isEqualTo(5);
        assertThat(mean.next(7)).isEqualTo(6);
        double last = DoubleStream.generate(() -> 1).limit(10).map(mean::next).reduce(0, (_, each) -> each);
        assertThat(last).isEqualTo(1);
    }
}
