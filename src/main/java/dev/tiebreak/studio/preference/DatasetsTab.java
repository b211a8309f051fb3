package dev.tiebreak.studio.preference;

import dev.tiebreak.studio.account.Role;
import dev.tiebreak.studio.dataset.ProjectTab;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration
class DatasetsTab {
    @Bean
    ProjectTab datasetsProjectTab() {
        return new ProjectTab(60, "Datasets", "datasets", Set.of(Role.DATA_LEAD, Role.ML_ENGINEER, Role.ADMINISTRATOR));
    }
}
