package dev.tiebreak.studio.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiebreak.rlhf.trainer.TrainingMethod;
import org.junit.jupiter.api.Test;

class MethodTextTest {
    @Test
    void sentences_begin_with_the_right_article() {
        assertThat(MethodText.of(TrainingMethod.ORPO).withArticle()).isEqualTo("An ORPO policy");
        assertThat(MethodText.of(TrainingMethod.KTO).withArticle()).isEqualTo("A KTO policy");
    }
}
