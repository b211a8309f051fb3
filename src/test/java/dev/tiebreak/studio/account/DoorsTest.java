package dev.tiebreak.studio.account;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.router.RouteConfiguration;
import com.vaadin.flow.server.VaadinServletContext;
import com.vaadin.flow.server.auth.AnonymousAllowed;
import com.vaadin.flow.server.startup.ApplicationRouteRegistry;
import dev.tiebreak.studio.testing.OnServer;
import dev.tiebreak.studio.testing.OpenedViews;
import dev.tiebreak.studio.testing.Visitor;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.servlet.ServletContext;
import java.lang.reflect.AnnotatedElement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/// Every view and every call that the running studio has, tried by everybody: whom the annotation names gets in, and
/// nobody else. A view or call that is added later is tried as well; one that names nobody fails.
@OnServer
class DoorsTest {
    private static final String PASSWORD = "a long password";

    @Autowired
    AccountService accounts;

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    RequestMappingHandlerMapping calls;

    @Autowired
    ServletContext servlets;

    @Autowired
    OpenedViews opened;

    @LocalServerPort
    int port;

    private final Map<Role, Visitor> people = new EnumMap<>(Role.class);

    @BeforeEach
    void one_person_of_each_role_signs_in() {
        for (Role role : Role.values()) {
            String name = role + "-" + UUID.randomUUID();
            accounts.setPassword(
                    accounts.create(new NewAccount(name, role.label(), EnumSet.of(role)))
                            .id(),
                    PASSWORD);
            Visitor person = Visitor.of(port);
            assertThat(person.signIn(name, PASSWORD)).isEqualTo("/");
            people.put(role, person);
        }
    }

    @Test
    void a_view_opens_for_those_it_names_and_for_nobody_else() {
        var routes = RouteConfiguration.forRegistry(
                        ApplicationRouteRegistry.getInstance(new VaadinServletContext(servlets)))
                .getAvailableRoutes();
        assertThat(routes).hasSizeGreaterThanOrEqualTo(6);
        List<String> wrong = new ArrayList<>();
        for (var route : routes) {
            Class<?> view = route.getNavigationTarget();
            Guests guests = Guests.of(view);
            String path = "/" + filled(route.getTemplate());
            people.forEach((role, person) -> {
                if (opens(person, path, view) != guests.roles.contains(role)) {
                    wrong.add("/" + route.getTemplate() + " for " + role);
                }
            });
            if (opens(Visitor.of(port), path, view) != guests.anonymous) {
                wrong.add("/" + route.getTemplate() + " for strangers");
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void a_call_answers_those_it_names_and_nobody_else() {
        var ours = calls.getHandlerMethods().entrySet().stream()
                .filter(call -> call.getValue().getBeanType().getName().startsWith("dev.tiebreak"))
                .toList();
        assertThat(ours).hasSizeGreaterThanOrEqualTo(4);
        List<String> wrong = new ArrayList<>();
        ours.forEach(call -> addresses(call.getKey()).forEach(address -> {
            Guests guests = Guests.of(call.getValue());
            people.forEach((role, person) -> {
                int status = person.call(address.method, address.path, "{}").statusCode();
                boolean refused = status == 401 || status == 403;
                if (refused == guests.roles.contains(role)) {
                    wrong.add(address + " answers " + status + " to " + role);
                }
            });
            var answer = Visitor.of(port).call(address.method, address.path, "{}");
            boolean refused = address.path.startsWith("/api/")
                    ? answer.statusCode() == 401
                    : answer.statusCode() == 403 || Visitor.location(answer).equals("/login");
            if (refused == guests.anonymous) {
                wrong.add(address + " answers " + answer.statusCode() + " to strangers");
            }
        }));
        assertThat(wrong).isEmpty();
    }

    @Test
    void a_call_that_changes_something_needs_the_token_of_our_own_pages() {
        calls.getHandlerMethods().keySet().stream()
                .flatMap(DoorsTest::addresses)
                .filter(address -> !address.method.equals("GET"))
                .filter(address -> !address.path.startsWith("/error"))
                .forEach(address -> people.values()
                        .forEach(person -> assertThat(person.callWithoutToken(address.method, address.path, "{}")
                                        .statusCode())
                                .as("%s without token", address)
                                .isEqualTo(403)));
    }

    private boolean opens(Visitor person, String path, Class<?> view) {
        List<Class<?>> views = opened.during(() -> person.get(path));
        assertThat(views.stream().map(Class::getSimpleName))
                .as("%s with an id that nobody has must not be our fault", path)
                .doesNotContain("FailurePage");
        return views.contains(view);
    }

    /// A path with an id, which nobody has, for every parameter.
    private static String filled(String template) {
        return Arrays.stream(template.split("/"))
                .map(part -> part.startsWith(":") ? UUID.randomUUID().toString() : part)
                .collect(Collectors.joining("/"));
    }

    private record Address(String method, String path) {}

    private static Stream<Address> addresses(RequestMappingInfo call) {
        Set<String> methods = call.getMethodsCondition().getMethods().isEmpty()
                ? Set.of("GET", "POST")
                : call.getMethodsCondition().getMethods().stream()
                        .map(Enum::name)
                        .collect(Collectors.toSet());
        return call.getPatternValues().stream()
                .map(pattern ->
                        pattern.replaceAll("\\{[^}]*}", UUID.randomUUID().toString()))
                .flatMap(path -> methods.stream().map(method -> new Address(method, path)));
    }

    /// Whom an annotation names.
    private record Guests(Set<Role> roles, boolean anonymous) {

        static Guests of(HandlerMethod call) {
            return isSaid(call.getMethod()) ? of(call.getMethod()) : of(call.getBeanType());
        }

        static Guests of(AnnotatedElement door) {
            assertThat(isSaid(door)).as("%s says who may use it", door).isTrue();
            if (door.isAnnotationPresent(AnonymousAllowed.class)) {
                return new Guests(EnumSet.allOf(Role.class), true);
            }
            RolesAllowed named = door.getAnnotation(RolesAllowed.class);
            return new Guests(
                    named == null
                            ? EnumSet.allOf(Role.class)
                            : Arrays.stream(named.value()).map(Role::valueOf).collect(Collectors.toSet()),
                    false);
        }

        private static boolean isSaid(AnnotatedElement door) {
            return Stream.of(AnonymousAllowed.class, PermitAll.class, RolesAllowed.class)
                    .anyMatch(door::isAnnotationPresent);
        }
    }
}
