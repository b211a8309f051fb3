package dev.tiebreak.studio.account.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.checkbox.CheckboxGroup;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.formlayout.FormLayout;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.notification.Notification;
import com.vaadin.flow.component.orderedlayout.HorizontalLayout;
import com.vaadin.flow.component.orderedlayout.VerticalLayout;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.server.VaadinServletRequest;
import dev.tiebreak.studio.account.Account;
import dev.tiebreak.studio.account.AccountService;
import dev.tiebreak.studio.account.InvalidAccountException;
import dev.tiebreak.studio.account.NewAccount;
import dev.tiebreak.studio.account.OneTimeLinks;
import dev.tiebreak.studio.account.Role;
import jakarta.annotation.security.RolesAllowed;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

@Route("people")
@PageTitle("People")
@Menu(title = "People", order = 90, icon = "vaadin:users")
@RolesAllowed(Role.Names.ADMINISTRATOR)
class PeopleView extends VerticalLayout {
    private final AccountService accounts;
    private final OneTimeLinks links;
    private final Grid<Account> grid = new Grid<>();

    PeopleView(AccountService accounts, OneTimeLinks links) {
        this.accounts = accounts;
        this.links = links;
        setSizeFull();
        Button add = new Button("Add a person", _ -> addPerson());
        add.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
        HorizontalLayout header = new HorizontalLayout(new H2("People"), add);
        header.setWidthFull();
        header.setWrap(true);
        header.setJustifyContentMode(JustifyContentMode.BETWEEN);
        add(header, grid);
        grid.addColumn(Account::username).setHeader("User name").setAutoWidth(true);
        grid.addColumn(Account::displayName).setHeader("Name").setAutoWidth(true);
        grid.addColumn(PeopleView::roles).setHeader("Roles").setAutoWidth(true);
        grid.addColumn(account -> account.enabled() ? "yes" : "no").setHeader("May sign in");
        grid.addComponentColumn(this::actions).setHeader("").setAutoWidth(true).setFlexGrow(0);
        grid.setSizeFull();
        refresh();
    }

    private HorizontalLayout actions(Account account) {
        Button edit = new Button("Edit", _ -> edit(account));
        Button link = new Button("New sign-in link", _ -> showLink(account));
        edit.addThemeVariants(ButtonVariant.LUMO_SMALL, ButtonVariant.LUMO_TERTIARY);
        link.addThemeVariants(ButtonVariant.LUMO_SMALL, ButtonVariant.LUMO_TERTIARY);
        link.setVisible(!account.demo());
        return new HorizontalLayout(edit, link);
    }

    private void addPerson() {
        TextField username = new TextField("User name");
        TextField name = new TextField("Name");
        CheckboxGroup<Role> roles = roleChoice(Set.of(Role.ANNOTATOR));
        form(
                "Add a person",
                () -> {
                    Account account =
                            accounts.create(new NewAccount(username.getValue(), name.getValue(), roles.getValue()));
                    showLink(account);
                },
                username,
                name,
                roles);
    }

    private void edit(Account account) {
        CheckboxGroup<Role> roles = roleChoice(account.roles());
        CheckboxGroup<String> enabled = new CheckboxGroup<>("Account", "May sign in");
        if (account.enabled()) {
            enabled.select("May sign in");
        }
        form(
                "Edit " + account.username(),
                () -> accounts.change(
                        account.id(), roles.getValue(), !enabled.getValue().isEmpty()),
                roles,
                enabled);
    }

    private void form(String title, Runnable save, com.vaadin.flow.component.Component... fields) {
        Dialog dialog = new Dialog(title);
        dialog.add(new FormLayout(fields));
        Button ok = new Button("Save", _ -> {
            try {
                save.run();
                dialog.close();
                refresh();
            } catch (InvalidAccountException e) {
                Notification.show(e.getMessage(), 6000, Notification.Position.MIDDLE);
            }
        });
        ok.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
        dialog.getFooter().add(new Button("Cancel", _ -> dialog.close()), ok);
        dialog.open();
    }

    private void showLink(Account account) {
        TextField link = new TextField("", address(links.welcomePath(account.id())), "");
        link.setReadOnly(true);
        link.setWidthFull();
        ConfirmDialog dialog = new ConfirmDialog();
        dialog.setHeader("Send this link to " + account.displayName());
        dialog.setText(new VerticalLayout(
                new com.vaadin.flow.component.html.Paragraph(
                        "It works once, for seven days, and lets them choose a password. It is shown only now."),
                link));
        dialog.setConfirmText("Done");
        dialog.open();
    }

    private static String address(String path) {
        VaadinServletRequest request = VaadinServletRequest.getCurrent();
        return ServletUriComponentsBuilder.fromContextPath(request.getHttpServletRequest())
                        .build()
                        .toUriString()
                + path;
    }

    private static CheckboxGroup<Role> roleChoice(Set<Role> chosen) {
        CheckboxGroup<Role> roles = new CheckboxGroup<>("Roles");
        roles.setItems(Role.values());
        roles.setItemLabelGenerator(Role::label);
        roles.setValue(chosen);
        return roles;
    }

    private static String roles(Account account) {
        return account.roles().stream()
                .sorted(Comparator.comparing(
                        role -> Arrays.asList(Role.values()).indexOf(role)))
                .map(Role::label)
                .collect(Collectors.joining(", "));
    }

    private void refresh() {
        grid.setItems(accounts.all());
    }
}
