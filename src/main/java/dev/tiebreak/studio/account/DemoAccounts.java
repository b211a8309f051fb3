package dev.tiebreak.studio.account;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// The sign-ins of the demo data. Their passwords are published, so they work only on the loopback address.
@Component
@Order(0)
public class DemoAccounts implements ApplicationRunner {
    private final AccountService accounts;
    private final DemoMode demo;

    DemoAccounts(AccountService accounts, DemoMode demo) {
        this.accounts = accounts;
        this.demo = demo;
    }

    /// A demo sign-in as it may be shown to whoever started the server.
    public record Demo(String username, String password, String displayName, Set<Role> roles) {}

    private static final List<Demo> DEMOS = List.of(
            demo("annotator", "Ana Annotator", EnumSet.of(Role.ANNOTATOR)),
            demo("lead", "Lena Lead", EnumSet.of(Role.DATA_LEAD, Role.ANNOTATOR)),
            demo("engineer", "Emil Engineer", EnumSet.of(Role.ML_ENGINEER)),
            demo("admin", "Ada Administrator", EnumSet.allOf(Role.class)));

    private static Demo demo(String username, String displayName, Set<Role> roles) {
        return new Demo(username, "tiebreak-" + username, displayName, roles);
    }

    /// Creates those that are missing; does nothing where strangers could reach the server or no demo was asked for.
    @Override
    @Transactional
    public void run(ApplicationArguments arguments) {
        for (Demo each : signIns()) {
            if (accounts.findByUsername(each.username()).isEmpty()) {
                accounts.createDemo(new NewAccount(each.username(), each.displayName(), each.roles()), each.password());
            }
        }
    }

    /// The sign-ins that work now; empty when there is no demo.
    public List<Demo> signIns() {
        return demo.isOn() ? DEMOS : List.of();
    }
}
