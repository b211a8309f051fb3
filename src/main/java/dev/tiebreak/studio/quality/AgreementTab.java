package dev.tiebreak.studio.quality;

import dev.tiebreak.studio.account.Role;
import dev.tiebreak.studio.dataset.ProjectTab;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration
class AgreementTab {
    @Bean
    ProjectTab agreementProjectTab() {
        return new ProjectTab(
                50, "Agreement", "agreement", Set.of(Role.DATA_LEAD, Role.ML_ENGINEER, Role.ADMINISTRATOR));
    }
}
