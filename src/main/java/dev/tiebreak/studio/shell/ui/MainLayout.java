package dev.tiebreak.studio.shell.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.applayout.AppLayout;
import com.vaadin.flow.component.applayout.DrawerToggle;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Image;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.Icon;
import com.vaadin.flow.component.orderedlayout.Scroller;
import com.vaadin.flow.component.sidenav.SideNav;
import com.vaadin.flow.component.sidenav.SideNavItem;
import com.vaadin.flow.router.Layout;
import com.vaadin.flow.server.menu.MenuConfiguration;
import com.vaadin.flow.server.menu.MenuEntry;
import com.vaadin.flow.spring.security.AuthenticationContext;
import jakarta.annotation.security.PermitAll;

/// The frame of every signed-in page: brand, the views this person may open, and who is signed in.
@Layout
@PermitAll
public class MainLayout extends AppLayout {

    MainLayout(AuthenticationContext authentication) {
        setPrimarySection(Section.DRAWER);
        addToDrawer(brand(), new Scroller(navigation()), new LanguageChoice(), person(authentication));
        DrawerToggle toggle = new DrawerToggle();
        toggle.setAriaLabel(getTranslation("layout.menu"));
        addToNavbar(toggle, themeToggle());
    }

    private static Component brand() {
        Image logo = new Image("tiebreak/logo.svg", "");
        logo.addClassName("tb-logo");
        Anchor brand = new Anchor("", logo, new Span("Tiebreak"));
        brand.addClassName("tb-brand");
        return brand;
    }

    private SideNav navigation() {
        SideNav navigation = new SideNav();
        navigation.setLabel(getTranslation("layout.navigation"));
        MenuConfiguration.getMenuEntries().stream().map(this::item).forEach(navigation::addItem);
        return navigation;
    }

    private SideNavItem item(MenuEntry entry) {
        SideNavItem item = new SideNavItem(getTranslation("menu." + entry.path().replace("/", "")), entry.path());
        item.setMatchNested(true);
        if (entry.icon() != null) {
            item.setPrefixComponent(new Icon(entry.icon()));
        }
        return item;
    }

    private Component person(AuthenticationContext authentication) {
        Span name = new Span(authentication.getPrincipalName().orElse(""));
        Button signOut = new Button(getTranslation("layout.sign-out"), _ -> authentication.logout());
        signOut.addThemeVariants(ButtonVariant.LUMO_TERTIARY, ButtonVariant.LUMO_SMALL);
        Div person = new Div(name, signOut);
        person.addClassName("tb-person");
        return person;
    }

    private Component themeToggle() {
        Button toggle = new Button(new Icon("vaadin", "adjust"));
        toggle.addThemeVariants(ButtonVariant.LUMO_TERTIARY, ButtonVariant.LUMO_ICON);
        toggle.setAriaLabel(getTranslation("layout.theme"));
        toggle.setTooltipText(getTranslation("layout.theme"));
        toggle.addClassName("tb-theme-toggle");
        toggle.getElement().setAttribute("onclick", "window.tiebreakTheme?.toggle()");
        return toggle;
    }
}
