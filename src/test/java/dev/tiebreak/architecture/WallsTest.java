package dev.tiebreak.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.server.auth.AnonymousAllowed;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.persistence.Entity;
import java.util.Set;
import org.springframework.web.bind.annotation.RestController;

/// Who may see which library, and what no production code does.
@AnalyzeClasses(packages = "dev.tiebreak", importOptions = ImportOption.DoNotIncludeTests.class)
class WallsTest {

    @ArchTest
    static final ArchRule the_libraries_know_nothing_of_the_studio = noClasses()
            .that()
            .resideInAnyPackage("dev.tiebreak.rlhf..", "dev.tiebreak.statistics..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.tiebreak.studio..",
                    "dev.tiebreak.cli..",
                    "org.springframework..",
                    "com.vaadin..",
                    "jakarta..",
                    "org.apache.commons.csv..");

    @ArchTest
    static final ArchRule statistics_needs_the_jdk_and_commons_only = classes()
            .that()
            .resideInAPackage("dev.tiebreak.statistics..")
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(
                    "dev.tiebreak.statistics..",
                    "java..",
                    "org.jspecify..",
                    "org.apache.commons.statistics..",
                    "org.apache.commons.numbers..",
                    "org.apache.commons.rng.."));

    @ArchTest
    static final ArchRule rlhf_needs_the_jdk_djl_and_slf4j_only = classes()
            .that()
            .resideInAPackage("dev.tiebreak.rlhf..")
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(
                    "dev.tiebreak.rlhf..", "java..", "org.jspecify..", "ai.djl..", "com.google.gson..", "org.slf4j.."));

    @ArchTest
    static final ArchRule only_torch_and_the_tokenizer_see_djl = noClasses()
            .that()
            .resideOutsideOfPackages("dev.tiebreak.rlhf.torch..", "dev.tiebreak.rlhf.tokenizer..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("ai.djl..");

    @ArchTest
    static final ArchRule the_tokenizer_sees_of_djl_only_its_own_library = noClasses()
            .that()
            .resideInAPackage("dev.tiebreak.rlhf.tokenizer..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("ai.djl.pytorch..", "ai.djl.ndarray..");

    @ArchTest
    static final ArchRule only_training_and_registry_see_the_engine = noClasses()
            .that()
            .resideInAPackage("dev.tiebreak.studio..")
            .and()
            .resideOutsideOfPackages("dev.tiebreak.studio.training..", "dev.tiebreak.studio.registry..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.tiebreak.rlhf..");

    @ArchTest
    static final ArchRule the_studio_never_loads_libtorch_itself = noClasses()
            .that()
            .resideInAPackage("dev.tiebreak.studio..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.tiebreak.rlhf.torch..");

    @ArchTest
    static final ArchRule only_three_rooms_see_statistics = noClasses()
            .that()
            .resideInAPackage("dev.tiebreak.studio..")
            .and()
            .resideOutsideOfPackages(
                    "dev.tiebreak.studio.quality..",
                    "dev.tiebreak.studio.preference..",
                    "dev.tiebreak.studio.registry..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.tiebreak.statistics..");

    @ArchTest
    static final ArchRule flow_stays_in_the_ui_packages = noClasses()
            .that()
            .resideInAPackage("dev.tiebreak.studio.*")
            .and()
            .haveSimpleNameNotEndingWith("Configuration")
            .and()
            .resideOutsideOfPackage("dev.tiebreak.studio.shell")
            .should()
            .dependOnClassesThat(resideInAnyPackage("com.vaadin..")
                    .and(describe("are not the plain router types", WallsTest::isNotARouterType)));

    @ArchTest
    static final ArchRule entities_never_leave_their_room =
            classes().that().areAnnotatedWith(Entity.class).should().bePackagePrivate();

    @ArchTest
    static final ArchRule time_comes_from_the_clock_that_is_handed_in = noClasses()
            .should()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethodWhere(target(owner(resideInAnyPackage("java.time..")))
                    .and(target(nameMatching("now")))
                    .as("ask java.time for the time"));

    @ArchTest
    static final ArchRule randomness_is_seeded = noClasses()
            .should()
            .callConstructor(java.util.Random.class)
            .orShould()
            .callMethod(Math.class, "random")
            .orShould()
            .callMethod(java.util.concurrent.ThreadLocalRandom.class, "current");

    @ArchTest
    static final ArchRule every_view_says_who_may_open_it =
            classes().that().areAnnotatedWith(Route.class).should(sayWhoMayUseThem());

    @ArchTest
    static final ArchRule every_rest_controller_says_who_may_call_it =
            classes().that().areAnnotatedWith(RestController.class).should(sayWhoMayUseThem());

    private static boolean isNotARouterType(JavaClass type) {
        return !type.getPackageName().startsWith("com.vaadin.flow.router");
    }

    private static ArchCondition<JavaClass> sayWhoMayUseThem() {
        return new ArchCondition<>("say who may use them") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                boolean said = Set.of(RolesAllowed.class, PermitAll.class, AnonymousAllowed.class).stream()
                        .anyMatch(type::isAnnotatedWith);
                events.add(new SimpleConditionEvent(
                        type, said, type.getName() + (said ? " says" : " does not say") + " who may use it"));
            }
        };
    }
}
