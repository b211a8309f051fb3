/// What the tests of several rooms share.
@NullMarked
package dev.tiebreak.studio.testing;

import org.jspecify.annotations.NullMarked;
