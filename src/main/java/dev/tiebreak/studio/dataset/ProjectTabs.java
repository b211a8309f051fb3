package dev.tiebreak.studio.dataset;

import dev.tiebreak.studio.account.Role;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The pages that this room itself gives every project.
@Configuration
class ProjectTabs {
    private static final Set<Role> READERS = Set.of(Role.DATA_LEAD, Role.ML_ENGINEER, Role.ADMINISTRATOR);

    @Bean
    ProjectTab overviewProjectTab() {
        return new ProjectTab(0, "Overview", "", READERS);
    }

    @Bean
    ProjectTab promptsProjectTab() {
        return new ProjectTab(10, "Prompts", "prompts", READERS);
    }
}
