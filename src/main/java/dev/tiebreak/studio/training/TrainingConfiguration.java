package dev.tiebreak.studio.training;

import com.github.kagkarlsson.scheduler.jdbc.AutodetectJdbcCustomization;
import com.github.kagkarlsson.scheduler.jdbc.JdbcCustomization;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration
class TrainingConfiguration {

    /// How db-scheduler speaks to our database; both keep time zones, so that times are written in UTC.
    @Bean
    JdbcCustomization queueDialect(DataSource database) {
        return new AutodetectJdbcCustomization(database, true);
    }
}
