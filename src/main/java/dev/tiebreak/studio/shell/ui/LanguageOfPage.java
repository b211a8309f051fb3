package dev.tiebreak.studio.shell.ui;

import com.vaadin.flow.server.ServiceInitEvent;
import com.vaadin.flow.server.VaadinRequest;
import com.vaadin.flow.server.VaadinServiceInitListener;
import com.vaadin.flow.server.VaadinServletRequest;
import dev.tiebreak.studio.shell.Language;
import java.util.Locale;
import org.jsoup.nodes.Element;
import org.springframework.stereotype.Component;

/// Every Flow page speaks the person's language, and runs in its direction, from the first paint on.
@Component
class LanguageOfPage implements VaadinServiceInitListener {
    @Override
    public void serviceInit(ServiceInitEvent event) {
        event.addIndexHtmlRequestListener(page -> {
            Locale locale = localeOf(page.getVaadinRequest());
            Element html = page.getDocument().getElementsByTag("html").first();
            if (html != null) {
                html.attr("lang", locale.toLanguageTag())
                        .attr("dir", Language.of(locale).direction());
            }
        });
        event.getSource().addUIInitListener(created -> created.getUI().setLocale(localeOf(VaadinRequest.getCurrent())));
    }

    private static Locale localeOf(VaadinRequest request) {
        return Language.localeOf(((VaadinServletRequest) request).getHttpServletRequest());
    }
}
