/// What several test suites share: a real browser, and little else.
@NullMarked
package dev.tiebreak.testing;

import org.jspecify.annotations.NullMarked;
