package dev.tiebreak.studio;

import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.page.AppShellConfigurator;
import com.vaadin.flow.component.page.Push;
import com.vaadin.flow.server.AppShellSettings;
import com.vaadin.flow.shared.communication.PushMode;
import com.vaadin.flow.theme.lumo.Lumo;
import java.time.InstantSource;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;

/// The studio as one Spring Boot application; its rooms are the sub-packages.
@SpringBootApplication
@ConfigurationPropertiesScan
@StyleSheet(Lumo.STYLESHEET)
@StyleSheet("context://tiebreak/theme.css")
@StyleSheet("context://studio/studio.css")
@Push(PushMode.AUTOMATIC)
public class TiebreakApplication implements AppShellConfigurator {

    @Bean
    InstantSource clock() {
        return InstantSource.system();
    }

    @Override
    public void configurePage(AppShellSettings settings) {
        settings.setPageTitle("Tiebreak");
        settings.setViewport("width=device-width, initial-scale=1");
        settings.addFavIcon("icon", "tiebreak/logo.svg", "any");
    }
}
