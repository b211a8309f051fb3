package dev.tiebreak.studio.testing;

import org.springframework.core.Ordered;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextHolderStrategy;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.support.AbstractTestExecutionListener;

/// Who is signed in is kept by a strategy that every application context puts into one static field; the test JVM has
/// several contexts, so each test takes back its own before it runs.
public final class SecurityOfThisContext extends AbstractTestExecutionListener {

    @Override
    public void beforeTestMethod(TestContext test) {
        SecurityContextHolder.setContextHolderStrategy(
                test.getApplicationContext().getBean(SecurityContextHolderStrategy.class));
    }

    /// Before Spring Security's own listener, which signs in the user of an annotation.
    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }
}
