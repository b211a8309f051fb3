package dev.tiebreak.studio.judgment;

import dev.tiebreak.studio.account.Role;
import dev.tiebreak.studio.dataset.ProjectTab;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration
class WorkplaceTab {
    @Bean
    ProjectTab workplaceProjectTab() {
        return new ProjectTab(20, "Workplace", "workplace", Set.of(Role.DATA_LEAD, Role.ADMINISTRATOR));
    }
}
