package dev.tiebreak.studio.testing;

import dev.tiebreak.studio.TiebreakApplication;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.TestPropertySource;

/// Runs the tests against the whole application behind its real server on a free port, on an in-memory H2 database.
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@SpringBootTest(classes = TiebreakApplication.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@TestPropertySource(properties = "vaadin.eagerServerLoad=true") // the request for a page opens its view
@Import(OpenedViews.class)
@ContextConfiguration(initializers = TestDatabases.H2.class)
public @interface OnServer {}
