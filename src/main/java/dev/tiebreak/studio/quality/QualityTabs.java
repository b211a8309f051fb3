package dev.tiebreak.studio.quality;

import dev.tiebreak.studio.account.Role;
import dev.tiebreak.studio.dataset.ProjectTab;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The pages that this room gives every project.
@Configuration
class QualityTabs {
    @Bean
    ProjectTab agreementProjectTab() {
        return new ProjectTab(
                50, "Agreement", "agreement", Set.of(Role.DATA_LEAD, Role.ML_ENGINEER, Role.ADMINISTRATOR));
    }

    @Bean
    ProjectTab checksProjectTab() {
        return new ProjectTab(55, "Checks", "checks", Set.of(Role.DATA_LEAD, Role.ADMINISTRATOR));
    }
}
