package dev.tiebreak.studio.rubric;

import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/// Reads the rubrics when the studio starts, before anything that needs one.
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class RubricLoader implements ApplicationRunner {
    private final RubricService rubrics;

    RubricLoader(RubricService rubrics) {
        this.rubrics = rubrics;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        rubrics.reload();
    }
}
