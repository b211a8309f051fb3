package dev.tiebreak.studio.assignment;

import java.security.SecureRandom;
import java.util.random.RandomGenerator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration
class AssignmentConfiguration {

    /// Draws comparisons for annotators. Nobody must be able to foresee what they get; the probability is recorded.
    @Bean
    RandomGenerator assignmentRandom() {
        return new SecureRandom(); // safe to share between threads
    }
}
